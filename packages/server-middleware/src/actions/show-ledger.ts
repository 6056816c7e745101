import type { Balance, LedgerEntry } from '../domain/credits/operation.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports.ts'
import { ledgerOf } from './ledger-of.ts'
import { requireAccount } from './require-account.ts'

export type ShowLedgerInput = { accountId: string; unit?: string; limit?: number }

/** `entries` are the newest, the newest first. */
export type ShownLedger = { accountId: string; unit: string; balance: Balance; entries: readonly LedgerEntry[] }

/**
 * An account's book of credits for an operator to read: its figures and its newest entries.
 *
 * @throws BillingError `not_found`, `invalid_request` (nothing is counted in that unit)
 */
export const showLedger = async (
  deps: Deps,
  { accountId, unit, limit = 20 }: ShowLedgerInput,
): Promise<ShownLedger> => {
  requireUnit(deps, unit)
  const ledger = ledgerOf(deps, await requireAccount(deps, accountId))
  const balance = await deps.store.ledger.read(ledger)
  const entries = await deps.store.ledger.list(ledger, { before: null, limit })
  return { accountId, unit: ledger.unit, balance, entries }
}

const requireUnit = ({ catalog }: Deps, unit = catalog.unit): void => {
  if (unit === catalog.unit) return
  throw new BillingError('invalid_request', `Nothing is counted in ${unit}: this catalog counts ${catalog.unit}.`, {
    details: { fields: [{ path: 'unit', message: `must be ${catalog.unit}` }] },
  })
}
