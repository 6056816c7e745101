import { hash, randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { type BookEntry, ledgerIdOf, type Tools, toLedgerEntry } from '../../domain/credits/entry.ts'
import type { LedgerRef } from '../../domain/credits/operation.ts'
import { readBalance } from '../../domain/credits/post.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Ledger } from '../../ports/ledger.ts'
import type { Database } from '../database.ts'
import { Archiver } from './archiver.ts'
import { createBooks } from './books.ts'
import { LedgerQueue, type QueueDeps } from './ledger-queue.ts'

const rememberedLedgers = 10_000

export interface MongoLedger extends Ledger {
  /** Copies what waits to be archived. Nothing is lost without it. */
  close(): Promise<void>
}

/** Books in MongoDB: one document each, written by compare-and-swap. See README.md. */
export const createLedger = (database: Database, clock: Pick<Clock, 'now'>): MongoLedger => {
  const books = createBooks(database)
  const archiver = new Archiver(books)
  const newSalt = createSalts()
  const tools = (): Tools => ({ now: clock.now(), hash: sha256, newSalt })
  const queues = new Map<string, LedgerQueue>()

  return {
    post: (ledger, operation) => queueOf(queues, ledger, { books, archiver, tools, pause }).post({ ledger, operation }),
    peek(ledger) {
      const state = queues.get(ledgerIdOf(ledger))?.state
      return state ? readBalance(state, ledger, tools()) : null
    },
    async read(ledger) {
      const { state } = await books.load(ledger)
      return readBalance(state, ledger, tools())
    },
    async *books(ledgerId) {
      for await (const book of books.all(ledgerId)) yield { ...book, hash: sha256 }
    },
    recent: (limit) => [...queues.keys()].toReversed().slice(0, limit),
    async list(ledger, page) {
      // In this order: what leaves the document between the two reads is in the archive before.
      const { recent } = await books.load(ledger)
      const archived = await books.listArchived(ledger, page)
      const { before, limit } = page
      const older = recent.filter((entry) => before === null || entry.seq < before)
      return newestFirst([...archived, ...older])
        .slice(0, limit)
        .map(toLedgerEntry)
    },
    tidy: (before) => books.sweep(before),
    close: () => archiver.flush(),
  }
}

/** The queue of a book; of too many, the one that was used longest ago is forgotten. */
const queueOf = (queues: Map<string, LedgerQueue>, ledger: LedgerRef, deps: QueueDeps): LedgerQueue => {
  const id = ledgerIdOf(ledger)
  const queue = queues.get(id) ?? new LedgerQueue(ledger, deps)
  queues.delete(id)
  queues.set(id, queue)
  if (queues.size > rememberedLedgers) forgetOldest(queues)
  return queue
}

const forgetOldest = (queues: Map<string, LedgerQueue>): void => {
  for (const [id, queue] of queues) {
    if (!queue.isIdle) continue
    queues.delete(id)
    return
  }
}

const newestFirst = (entries: readonly BookEntry[]): readonly BookEntry[] =>
  [...new Map(entries.map((entry) => [entry.seq, entry])).values()].sort((a, b) => b.seq - a.seq)

const sha256 = (text: string): string => hash('sha256', text, 'base64url')

const saltBytes = 16

/** Random text; asking the system for a lot at once is what makes it cheap. */
const createSalts = (): (() => string) => {
  let pool = randomBytes(0)
  return () => {
    if (pool.length < saltBytes) pool = randomBytes(256 * saltBytes)
    const salt = pool.toString('base64url', 0, saltBytes)
    pool = pool.subarray(saltBytes)
    return salt
  }
}
