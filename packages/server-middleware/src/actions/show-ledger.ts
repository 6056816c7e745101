import type { Balance, LedgerEntry } from '../domain/credits/operation.ts'
import type { Deps } from '../ports/deps.ts'
import { chooseUnit } from './choose-unit.ts'
import { ledgerOf } from './ledger-of.ts'
import { requireAccount } from './require-account.ts'

export type ShowLedgerInput = { accountId: string; unit?: string | undefined; limit?: number }

/** `entries` are the newest, the newest first. */
export type ShownLedger = { accountId: string; unit: string; balance: Balance; entries: readonly LedgerEntry[] }

/**
 * An account's book of credits for an operator to read: its figures and its newest entries.
 *
 * @throws BillingError `not_found`, `invalid_request` (nothing is counted in that unit)
 */
export const showLedger = async (deps: Deps, input: ShowLedgerInput): Promise<ShownLedger> => {
  const { accountId, limit = 20 } = input
  const unit = chooseUnit(deps, input.unit)
  const ledger = ledgerOf(deps, await requireAccount(deps, accountId), unit)
  const balance = await deps.store.ledger.read(ledger)
  const entries = await deps.store.ledger.list(ledger, { before: null, limit })
  return { accountId, unit, balance, entries }
}
