import { type PackDefinition, packsIn, planById } from '../domain/catalog.ts'
import type { Balance } from '../domain/credits/operation.ts'
import type { Deps } from '../ports/deps.ts'
import { chooseUnit } from './choose-unit.ts'
import { currentPlan } from './current-plan.ts'
import { ledgerOf } from './ledger-of.ts'

export type CheckCreditsInput = { accountId: string; unit?: string | undefined; credits: number }

export type CreditCheck = { allowed: boolean; balance: Balance; planName: string; pack: PackDefinition | null }

/**
 * Whether a charge would pass now; `pack` is what to offer when it would not. Only reads: a stranger stays one. A yes may
 * come from what this process knows of the ledger; a no never does.
 *
 * @throws BillingError `invalid_request` (nothing is counted in that unit)
 */
export const checkCredits = async (deps: Deps, input: CheckCreditsInput): Promise<CreditCheck> => {
  const { accountId, credits } = input
  const unit = chooseUnit(deps, input.unit)
  const account = await deps.store.accounts.find(accountId)
  const ledger = ledgerOf(deps, account ?? stranger, unit)
  const known = deps.store.ledger.peek(ledger)
  const balance = known && known.available >= credits ? known : await deps.store.ledger.read(ledger)
  const plan = account ? await currentPlan(deps, account) : planById(deps.catalog, deps.catalog.freePlan)
  const allowed = balance.available >= credits
  deps.metrics.creditCheck(!allowed)
  return {
    allowed,
    balance,
    planName: plan?.name ?? deps.catalog.freePlan,
    pack: packsIn(deps.catalog, unit)[0] ?? null,
  }
}

const stranger = { ref: '' }
