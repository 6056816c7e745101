import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Connection } from 'mongoose'
import { expect } from 'vitest'
import type { BookEntry } from '../../src/domain/credits/entry.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { flawsOf } from './sound.ts'

export type Answer = { account: number; op: string; key: string; outcome: string; seq?: number }

const clerk = fileURLToPath(new URL('./clerk.mjs', import.meta.url))
const ledgers = 50

/** Processes that write in the same books, and everything they were told. */
export class Office {
  readonly answers: Answer[] = []
  readonly #uri: string
  readonly #dbName: string
  #clerks: ChildProcess[] = []

  constructor(uri: string, dbName: string) {
    this.#uri = uri
    this.#dbName = dbName
  }

  hire(count = 1): void {
    for (let i = 0; i < count; i += 1) this.#hireOne()
  }

  async answered(count: number): Promise<void> {
    while (this.answers.length < count) await pause(20)
  }

  async fire(): Promise<void> {
    const index = Math.floor(Math.random() * this.#clerks.length)
    const [victim] = this.#clerks.splice(index, 1)
    if (!victim) return
    if (victim.exitCode !== null) throw new Error('A process ended before it was killed.')
    const gone = once(victim, 'close')
    victim.kill('SIGKILL')
    await gone
  }

  async [Symbol.asyncDispose](): Promise<void> {
    while (this.#clerks.length > 0) await this.fire()
  }

  #hireOne(): void {
    const child = spawn(process.execPath, [clerk, this.#uri, this.#dbName, String(ledgers)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    // A line that the kill cut short was never told to anybody.
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.endsWith('}')) this.answers.push(JSON.parse(line) as Answer)
    })
    this.#clerks.push(child)
  }
}

/** Every book is sound, and has every answer once, where it was said to be. */
export const expectHonestBooks = async (connection: Connection, answers: readonly Answer[]): Promise<void> => {
  const books = await readBooks(connection)
  const posted = new Set<string>()
  for (const { account, op, key, outcome, seq } of answers) {
    if (seq === undefined) continue
    expect(books.get(`a${account}:uses`)?.[seq - 1]).toMatchObject({ op, key, seq })
    if (outcome === 'posted') expect(posted.size).toBeLessThan(posted.add(key).size)
  }
}

const readBooks = async (connection: Connection): Promise<Map<string, readonly BookEntry[]>> => {
  const books = new Map<string, readonly BookEntry[]>()
  for await (const { id, state, entries, hash } of mongoStore({ connection }).ledger.books()) {
    const all: BookEntry[] = []
    for await (const portion of entries) all.push(...portion)
    expect(flawsOf(all, hash, state)).toEqual([])
    expect(new Set(all.map(({ key }) => key)).size).toBe(all.length)
    books.set(id, all)
  }
  return books
}

/** How the requests ended, each way once. */
export const outcomesOf = (answers: readonly Answer[]): readonly string[] =>
  [...new Set(answers.map(({ outcome }) => outcome))].sort()
