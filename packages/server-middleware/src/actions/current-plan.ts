import type { Account } from '../domain/account.ts'
import type { PlanDefinition } from '../domain/catalog.ts'
import { currentOf, effectivePlan, hasAccess } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'

/** The plan that an account is on, by what we hold. */
export const currentPlan = async (deps: Deps, account: Account): Promise<PlanDefinition> => {
  const subscription = currentOf(await deps.store.subscriptions.list(account.ref))
  const access = subscription !== null && hasAccess(subscription, deps.clock.now(), deps.policy.graceDays)
  return effectivePlan(deps.catalog, subscription, access)
}
