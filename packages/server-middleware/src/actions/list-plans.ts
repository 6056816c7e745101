import type { PlanAction } from '@paywright/contract'
import type { Identity } from '../domain/account.ts'
import type { PlanDefinition } from '../domain/catalog.ts'
import { planAction } from '../domain/plan-action.ts'
import { currentOf, effectivePlan, hasAccess, type Subscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'

/** A plan with what its buttons do for whoever asks; null while nobody is signed in. */
export type Offer = {
  plan: PlanDefinition
  action: PlanAction | null
  actions: { month: PlanAction | null; year: PlanAction | null }
}

/** The catalog's plans in its order, each with the decision for this account. */
export const listPlans = async (deps: Deps, { identity }: { identity: Identity | null }): Promise<readonly Offer[]> => {
  const plans = Object.values(deps.catalog.plans)
  if (!identity) return plans.map((plan) => ({ plan, action: null, actions: { month: null, year: null } }))
  const account = await deps.store.accounts.find(identity.accountId)
  const subscriptions = account ? await deps.store.subscriptions.list(account.ref) : []
  return plans.map((plan) => toOffer(deps, plan, subscriptions))
}

const toOffer = (deps: Deps, plan: PlanDefinition, subscriptions: readonly Subscription[]): Offer => {
  const current = currentOf(subscriptions)
  const access = current !== null && hasAccess(current, deps.clock.now(), deps.policy.graceDays)
  const context = {
    plan,
    subscription: currentOf(subscriptions.filter((each) => each.group === plan.group)),
    currentPlan: effectivePlan(deps.catalog, current, access),
    trialUsed: subscriptions.length > 0,
  }
  return {
    plan,
    action: planAction({ ...context, interval: null }),
    actions: {
      month: plan.prices.month ? planAction({ ...context, interval: 'month' }) : null,
      year: plan.prices.year ? planAction({ ...context, interval: 'year' }) : null,
    },
  }
}
