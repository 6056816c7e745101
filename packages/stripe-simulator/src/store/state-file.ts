import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { rename, writeFile } from 'node:fs/promises'
import type { Delivery } from '../delivery/delivery.ts'
import type { StoredAnswer } from '../http/idempotency.ts'
import type { StoredObjects } from './store.ts'

/** Everything a simulated account consists of, as JSON. */
export interface SimulatorState {
  readonly version: 1
  readonly objects: StoredObjects
  /** Of the connected accounts, by their ids. */
  readonly accounts?: Readonly<Record<string, StoredObjects>>
  readonly counters: Readonly<Record<string, number>>
  readonly clockOffset: number
  readonly idempotency: readonly (readonly [string, StoredAnswer])[]
  readonly deliveries: readonly Delivery[]
}

export interface StateFile {
  read(): SimulatorState | undefined
  /** Something changed: it is written soon. */
  touch(): void
  /** Writes at once, after what is being written. */
  flush(): Promise<void>
}

const writeBehindMs = 20

/** The state on disk, written behind, always whole: a new file takes the old one's place. */
export const createStateFile = (path: string, state: () => SimulatorState): StateFile => {
  const draft = `${path}.tmp`
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> | undefined
  const write = async (): Promise<void> => {
    await writeFile(draft, JSON.stringify(state()))
    await rename(draft, path)
    writing = undefined
  }
  const start = (): void => {
    timer = undefined
    writing = write()
  }
  const touch = (): void => {
    if (timer === undefined) timer = setTimeout(() => (writing ? again() : start()), writeBehindMs)
  }
  const again = (): void => {
    timer = undefined
    touch()
  }
  return {
    touch,
    read: () => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as SimulatorState) : undefined),
    flush: async () => {
      clearTimeout(timer)
      await writing
      writeFileSync(`${path}.last`, JSON.stringify(state()))
      renameSync(`${path}.last`, path)
    },
  }
}
