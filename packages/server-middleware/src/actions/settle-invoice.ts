import type { Subscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { type BilledInvoice, grantPlanCredits } from './grant-plan-credits.ts'
import { syncSubscription } from './sync-subscription.ts'

/** Brings a subscription, and the credits of its plan, to where a paid invoice has taken them. */
export const settleInvoice = async (deps: Deps, billed: BilledInvoice): Promise<Subscription | null> => {
  const subscription = await syncSubscription(deps, billed.providerSubscriptionId)
  if (subscription) await grantPlanCredits(deps, billed)
  return subscription
}
