import { ledgerIdOf } from '../domain/credits/entry.ts'
import type { Deps } from '../ports/deps.ts'
import type { OpenedBook } from '../ports/ledger.ts'
import { ledgerOf } from './ledger-of.ts'
import { requireAccount } from './require-account.ts'
import { type VerifiedLedgers, verifyBooks } from './verify-books.ts'

/**
 * Folds every ledger, or those of one account, from its first entry, and holds it against all that must be true of it.
 * Changes nothing and may run at any time: a ledger that seems wrong while it is written to is looked at again.
 *
 * @throws BillingError `not_found`
 */
export const verifyLedgers = async (
  deps: Deps,
  { accountId }: { accountId?: string } = {},
  signal?: AbortSignal,
): Promise<VerifiedLedgers> =>
  verifyBooks(deps, accountId === undefined ? deps.store.ledger.books() : booksOf(deps, accountId), signal)

/** One for each unit that the catalog counts in. */
async function* booksOf(deps: Deps, accountId: string): AsyncIterable<OpenedBook> {
  const account = await requireAccount(deps, accountId)
  for (const unit of Object.keys(deps.catalog.units)) {
    yield* deps.store.ledger.books(ledgerIdOf(ledgerOf(deps, account, unit)))
  }
}
