import { expect, it } from 'vitest'
import type { LedgerRef, Operation } from '../../src/domain/credits/operation.ts'
import { BillingError } from '../../src/domain/errors.ts'
import { Archiver } from '../../src/mongo/ledger/archiver.ts'
import type { Books } from '../../src/mongo/ledger/books.ts'
import { LedgerQueue } from '../../src/mongo/ledger/ledger-queue.ts'
import { follow, type Snapshot, unwritten } from '../../src/mongo/ledger/snapshot.ts'
import { charge, grant } from '../contracts/store-fixtures.ts'
import { dateOf } from './minutes.ts'
import { quickHash } from './two-books.ts'

const ledger: LedgerRef = { accountRef: 'acme', unit: 'uses', freeUses: 0, overdraft: 0, shortfall: 'debt' }

/** A book whose next write, when told so, is still under way when its connection breaks; and what happens meanwhile. */
class SlowBook implements Books {
  book: Snapshot = unwritten
  meanwhile: (() => void) | null = null
  #late: (() => void) | null = null

  async load(): Promise<Snapshot> {
    return this.book
  }

  async save(_ledger: unknown, before: Snapshot, writing: Parameters<Books['save']>[2]): Promise<Snapshot | null> {
    const next = follow(before, writing)
    if (!this.meanwhile) return this.#write(before, next) ? next : null
    this.#late = () => void this.#write(before, next)
    this.meanwhile()
    this.meanwhile = null
    throw new BillingError('outcome_unknown', 'The connection broke.')
  }

  async findTurn(): Promise<null> {
    return null
  }

  async claim(): Promise<null> {
    return null
  }

  async findArchived(): Promise<readonly []> {
    return []
  }

  async archive(): Promise<void> {}

  /** What was under way arrives. */
  arrive(): void {
    this.#late?.()
  }

  #write(before: Snapshot, next: Snapshot): boolean {
    const isCurrent = this.book.rev === before.rev
    if (isCurrent) this.book = next
    return isCurrent
  }
}

it('what was refused is not written after all, when its first try arrives late', async () => {
  const books = new SlowBook()
  let minutes = 0
  const tools = () => ({ now: dateOf(minutes), hash: quickHash, newSalt: () => '' })
  const archiver = new Archiver(books)
  const queue = new LedgerQueue(ledger, { books, archiver, tools, pause: async () => undefined })
  const ask = (operation: Operation) => queue.post({ ledger, operation })
  await ask(grant('pack', 5, dateOf(10)))
  books.meanwhile = () => {
    minutes = 20
  }

  const answer = await ask(charge('late', 5))
  books.arrive()

  expect(answer.outcome).toBe('insufficient')
  expect(books.book.recent.map(({ key }) => key)).toEqual(['pack'])
})
