import type { Clock } from '../ports/clock.ts'
import type { Deps } from '../ports/deps.ts'

/** Work that one process at a time does, and none again until it has rested. */
export type Turn = {
  name: string
  restMilliseconds: number
  run: (deps: Deps, signal: AbortSignal) => Promise<unknown>
}

const leaseMilliseconds = 60_000
const beatMilliseconds = 20_000

/** Runs the work if it is anybody's turn, and nobody has it. Whoever loses the lease while it runs is stopped. */
export const takeTurn = async (deps: Deps, { name, restMilliseconds, run }: Turn, signal: AbortSignal) => {
  const owner = deps.newId()
  const take = (milliseconds: number): Promise<boolean> => {
    const now = deps.clock.now()
    return deps.store.leases.take(`job:${name}`, { owner, now, until: new Date(now.getTime() + milliseconds) })
  }
  if (!(await take(leaseMilliseconds))) return
  const lost = new AbortController()
  const prolonging = beat(deps.clock, async () => {
    if (!(await take(leaseMilliseconds))) lost.abort()
  })
  const stopping = AbortSignal.any([signal, lost.signal])
  let isDone = false
  try {
    await run(deps, stopping)
    isDone = !stopping.aborted
  } finally {
    await prolonging.stop()
    if (isDone) await take(restMilliseconds)
    else await deps.store.leases.release(`job:${name}`, owner)
  }
}

/** A beat that fails is tried again with the next: the lease lasts longer than two. */
const beat = (clock: Clock, prolong: () => Promise<void>) => {
  let current: Promise<unknown> = Promise.resolve()
  let isStopped = false
  let callOff = (): void => undefined
  const wait = (): void => {
    callOff = clock.after(beatMilliseconds, () => {
      current = prolong()
        .catch(() => undefined)
        .then(() => {
          if (!isStopped) wait()
        })
    })
  }
  wait()
  return {
    async stop() {
      isStopped = true
      callOff()
      await current
    },
  }
}
