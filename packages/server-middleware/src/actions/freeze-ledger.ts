import type { Balance } from '../domain/credits/operation.ts'
import type { Deps } from '../ports/deps.ts'
import { chooseUnit } from './choose-unit.ts'
import { ledgerOf } from './ledger-of.ts'
import { type Cause, noteOf, postAsOperator } from './post-as-operator.ts'
import { requireAccount } from './require-account.ts'

export type FreezeInput = Cause & { accountId: string; unit?: string | undefined }

/** `changed` is false when it was so already: then nothing is written. */
export type FrozenLedger = { changed: boolean; balance: Balance }

/**
 * Stops charges and holds; credits still come in, and holds that are open may be captured.
 *
 * @throws BillingError `not_found`, `invalid_request`
 */
export const freezeLedger = (deps: Deps, input: FreezeInput): Promise<FrozenLedger> => setFrozen(deps, input, 'freeze')

/** @throws BillingError `not_found`, `invalid_request` */
export const unfreezeLedger = (deps: Deps, input: FreezeInput): Promise<FrozenLedger> =>
  setFrozen(deps, input, 'unfreeze')

const setFrozen = async (deps: Deps, input: FreezeInput, op: 'freeze' | 'unfreeze'): Promise<FrozenLedger> => {
  const note = noteOf(input)
  const unit = chooseUnit(deps, input.unit)
  const account = await requireAccount(deps, input.accountId)
  const before = await deps.store.ledger.read(ledgerOf(deps, account, unit))
  if (before.isFrozen === (op === 'freeze')) return { changed: false, balance: before }
  const operation = { op, key: `${op}:${deps.newId()}`, note }
  const { balance } = await postAsOperator(deps, { account, unit, operation, credits: 0 })
  return { changed: true, balance }
}
