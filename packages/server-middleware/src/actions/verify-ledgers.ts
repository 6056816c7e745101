import { ledgerIdOf } from '../domain/credits/entry.ts'
import type { Deps } from '../ports.ts'
import { ledgerOf } from './ledger-of.ts'
import { requireAccount } from './require-account.ts'
import { type VerifiedLedgers, verifyBooks } from './verify-books.ts'

/**
 * Folds every ledger, or one account's, from its first entry, and holds it against all that must be true of it. Changes
 * nothing and may run at any time: a ledger that seems wrong while it is written to is looked at again.
 *
 * @throws BillingError `not_found`
 */
export const verifyLedgers = async (
  deps: Deps,
  { accountId }: { accountId?: string } = {},
  signal?: AbortSignal,
): Promise<VerifiedLedgers> => verifyBooks(deps, deps.store.ledger.books(await idOf(deps, accountId)), signal)

const idOf = async (deps: Deps, accountId: string | undefined): Promise<string | undefined> =>
  accountId === undefined ? undefined : ledgerIdOf(ledgerOf(deps, await requireAccount(deps, accountId)))
