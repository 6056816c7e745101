import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Connection } from 'mongoose'
import { expect, it } from 'vitest'
import type { BookEntry } from '../../src/domain/credits/entry.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { openDatabase } from '../contracts/store-world.ts'
import { depth } from './depth.ts'
import { flawsOf } from './sound.ts'

type Answer = { account: number; op: string; key: string; outcome: string; seq?: number }

const clerk = fileURLToPath(new URL('./clerk.mjs', import.meta.url))
const ledgers = 50

/** Processes that write in the same books, and everything they were told. */
class Office {
  readonly answers: Answer[] = []
  readonly #connection: Connection
  #clerks: ChildProcess[] = []

  constructor(connection: Connection) {
    this.#connection = connection
  }

  hire(): void {
    const uri = process.env.PAYWRIGHT_TEST_MONGODB_URI ?? ''
    const child = spawn(process.execPath, [clerk, uri, this.#connection.name, String(ledgers)], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    // A line that the kill cut short was never told to anybody.
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.endsWith('}')) this.answers.push(JSON.parse(line) as Answer)
    })
    this.#clerks.push(child)
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

  async close(): Promise<void> {
    while (this.#clerks.length > 0) await this.fire()
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

it('loses nothing, doubles nothing and refuses nobody while processes that share books are killed at random', {
  timeout: depth(300_000, 3_600_000),
}, async () => {
  await using database = await openDatabase()
  await mongoStore({ connection: database.connection }).migrate()
  const office = new Office(database.connection)
  for (let i = 0; i < 4; i += 1) office.hire()
  for (let death = 1; death <= depth(6, 100); death += 1) {
    await office.answered(death * 400)
    await office.fire()
    office.hire()
  }
  await office.close()

  const books = await readBooks(database.connection)
  const outcomes = new Set(office.answers.map(({ outcome }) => outcome))
  expect([...outcomes].sort()).toEqual(['posted', 'replayed'])
  for (const { account, op, key, seq = 0 } of office.answers) {
    expect(books.get(`a${account}:uses`)?.[seq - 1]).toMatchObject({ op, key, seq })
  }
})
