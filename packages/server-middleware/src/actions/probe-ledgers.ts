import type { Deps, OpenedBook } from '../ports.ts'
import { type VerifiedLedgers, verifyBooks } from './verify-books.ts'

const mostLedgers = 10
const mostEntries = 5_000

/** Folds the few ledgers that this process wrote in last, but for long ones: cheap enough for every health check. */
export const probeLedgers = (deps: Deps): Promise<VerifiedLedgers> => verifyBooks(deps, recentBooks(deps))

async function* recentBooks({ store: { ledger } }: Deps): AsyncIterable<OpenedBook> {
  for (const ledgerId of ledger.recent(mostLedgers)) {
    for await (const book of ledger.books(ledgerId)) if (book.state.seq <= mostEntries) yield book
  }
}
