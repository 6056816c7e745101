import { createHash, randomUUID } from 'node:crypto'
import { type BookEntry, ledgerIdOf, type Tools, toLedgerEntry } from '../domain/credits/entry.ts'
import { post, readBalance } from '../domain/credits/post.ts'
import { emptyState, type LedgerState } from '../domain/credits/state.ts'
import type { Clock } from '../ports/clock.ts'
import type { Ledger } from '../ports/ledger.ts'

/** Its values never change, so they need no copies. */
type Book = { state: LedgerState; entries: readonly BookEntry[] }

const blank: Book = { state: emptyState, entries: [] }

/** The ledger without the hard part: one process, no crash, so the rules of `domain/credits` are all there is. */
export const createLedger = (clock: Pick<Clock, 'now'>): Ledger => {
  const books = new Map<string, Book>()
  const tools = (): Tools => ({ now: clock.now(), hash: sha256, newSalt: randomUUID })

  return {
    async post(ledger, operation) {
      const id = ledgerIdOf(ledger)
      const { state, entries } = books.get(id) ?? blank
      const known = entries.find((entry) => entry.key === operation.key) ?? null
      const step = post(state, { ledger, operation, known }, tools())
      if (step.entries.length > 0) {
        books.delete(id)
        books.set(id, { state: step.state, entries: [...entries, ...step.entries] })
      }
      return step.posting
    },
    peek: () => null,
    async read(ledger) {
      const { state } = books.get(ledgerIdOf(ledger)) ?? blank
      return readBalance(state, ledger, tools())
    },
    async *books(ledgerId) {
      for (const [id, { state, entries }] of books) {
        if (ledgerId === undefined || ledgerId === id) yield { id, state, entries: portion(entries), hash: sha256 }
      }
    },
    tidy: async () => 0,
    recent: (limit) => [...books.keys()].toReversed().slice(0, limit),
    async list(ledger, { before, limit }) {
      const { entries } = books.get(ledgerIdOf(ledger)) ?? blank
      const older = entries.filter((entry) => before === null || entry.seq < before)
      return older.toReversed().slice(0, limit).map(toLedgerEntry)
    },
  }
}

async function* portion(entries: readonly BookEntry[]) {
  yield entries
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex')
