import type { Balance } from '../domain/credits/operation.ts'
import type { Deps } from '../ports/deps.ts'
import { chooseUnit } from './choose-unit.ts'
import { ledgerOf } from './ledger-of.ts'

export type ReadCreditsInput = { accountId: string; unit?: string | undefined }

/**
 * An account's credits as the database has them; a stranger's are the free uses.
 *
 * @throws BillingError `invalid_request` (nothing is counted in that unit)
 */
export const readCredits = async (deps: Deps, input: ReadCreditsInput): Promise<Balance> => {
  const unit = chooseUnit(deps, input.unit)
  const account = await deps.store.accounts.find(input.accountId)
  return deps.store.ledger.read(ledgerOf(deps, account ?? { ref: '' }, unit))
}
