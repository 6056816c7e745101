import { randomUUID } from 'node:crypto'
import type { BookEntry } from '../../src/domain/credits/entry.ts'
import { BillingError } from '../../src/domain/errors.ts'
import { DeadlineError } from '../../src/mongo/errors.ts'
import type { ArchivedEntry, Books } from '../../src/mongo/ledger/books.ts'
import { follow, type Snapshot, unwritten } from '../../src/mongo/ledger/snapshot.ts'

/** Numbers from 0 to 1, the same for the same seed. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

/** One book and its archive as a database keeps them, for any number of processes. */
export class BookDatabase {
  book: Snapshot = unwritten
  readonly archive = new Map<number, BookEntry>()

  /** Every entry there is, in order. A gap shows as a missing number. */
  entries(): readonly BookEntry[] {
    const all = new Map([...this.archive, ...this.book.recent.map((entry) => [entry.seq, entry] as const)])
    return [...all.values()].sort((a, b) => a.seq - b.seq)
  }

  insert({ entry }: ArchivedEntry): void {
    const there = this.archive.get(entry.seq)
    if (there && there.hash !== entry.hash) throw new Error(`Two entries claim to be number ${entry.seq}.`)
    this.archive.set(entry.seq, entry)
  }
}

export type Faults = { random: () => number; rate: number }

/** A process's way to the database: slow at random, and losing questions or answers at random until it dies. */
export class FaultyBooks implements Books {
  isDead = false
  readonly #database: BookDatabase
  readonly #faults: Faults

  constructor(database: BookDatabase, faults: Faults) {
    this.#database = database
    this.#faults = faults
  }

  async load(): Promise<Snapshot> {
    await this.#travel('store_unavailable')
    return this.#database.book
  }

  async save(_ledger: unknown, snapshot: Snapshot, writing: Parameters<Books['save']>[2]): Promise<Snapshot | null> {
    await this.#travel('outcome_unknown')
    const isCurrent = this.#database.book.rev === snapshot.rev
    const next = follow(snapshot, writing)
    if (isCurrent) this.#database.book = next
    await this.#travel('outcome_unknown')
    return isCurrent ? next : null
  }

  async claim(_ledger: unknown, turn: string): Promise<Snapshot | null> {
    await this.#travel('outcome_unknown')
    const { book } = this.#database
    const claimed = book.rev === null || book.turn !== null ? null : { ...book, turn, rev: randomUUID() }
    if (claimed) this.#database.book = claimed
    await this.#travel('outcome_unknown')
    return claimed
  }

  async findArchived(_ledger: unknown, keys: readonly string[]): Promise<readonly BookEntry[]> {
    await this.#travel('store_unavailable')
    return [...this.#database.archive.values()].filter((entry) => keys.includes(entry.key))
  }

  async archive(entries: readonly ArchivedEntry[]): Promise<void> {
    for (const entry of entries) {
      if (this.#happens(0.1)) await this.#travel('store_unavailable')
      this.#database.insert(entry)
    }
    await this.#travel('store_unavailable')
  }

  async #travel(loss: 'store_unavailable' | 'outcome_unknown'): Promise<void> {
    while (this.#happens(0.5)) await new Promise(setImmediate)
    if (!this.isDead && !this.#happens(this.#faults.rate)) return
    const cause = this.#happens(0.5) ? new DeadlineError('too late') : new Error('the connection broke')
    throw new BillingError(loss, 'The database is gone.', { cause })
  }

  #happens(chance: number): boolean {
    return this.#faults.random() < chance
  }
}
