import type { Deps } from '../ports/deps.ts'
import type { OpenedBook } from '../ports/ledger.ts'
import { type VerifiedLedgers, verifyBooks } from './verify-books.ts'

const mostLedgers = 10
const mostEntries = 5_000

/** Folds the few ledgers that this process wrote in last, but for long ones: cheap enough for every health check. */
export const probeLedgers = (deps: Deps): Promise<VerifiedLedgers> => verifyBooks(deps, shortOnes(recentBooks(deps)))

async function* recentBooks({ store: { ledger } }: Deps): AsyncIterable<OpenedBook> {
  for (const ledgerId of ledger.recent(mostLedgers)) yield* ledger.books(ledgerId)
}

async function* shortOnes(books: AsyncIterable<OpenedBook>): AsyncIterable<OpenedBook> {
  for await (const book of books) if (book.state.seq <= mostEntries) yield book
}
