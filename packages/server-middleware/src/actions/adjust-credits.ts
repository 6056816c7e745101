import type { Deps } from '../ports/deps.ts'
import type { Charge } from './charge-credits.ts'
import { chooseUnit } from './choose-unit.ts'
import { type Cause, noteOf, postAsOperator, requireWords } from './post-as-operator.ts'
import { requireAccount } from './require-account.ts'

export type AdjustInput = Cause & { accountId: string; unit?: string | undefined; credits: number; key: string }

/**
 * Gives an account credits, or takes those that are there, on an operator's word. The same key and content again
 * changes nothing and gives the first answer, `replayed`.
 *
 * @throws BillingError `not_found`, `invalid_request`, `insufficient_credits`, `idempotency_conflict`
 */
export const adjustCredits = async (deps: Deps, input: AdjustInput): Promise<Charge> => {
  const { accountId, credits } = input
  const note = noteOf(input)
  const key = `adjust:${requireWords('key', input.key)}`
  const unit = chooseUnit(deps, input.unit)
  const account = await requireAccount(deps, accountId)
  const operation = { op: 'adjust', key, credits, note } as const
  return postAsOperator(deps, { account, unit, operation, credits: Math.abs(credits) })
}
