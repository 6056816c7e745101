import type { Account } from '../domain/account.ts'
import { isEnded, type Subscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { grantMissedCredits } from './grant-plan-credits.ts'
import { syncSubscription } from './sync-subscription.ts'

/** Brings all subscriptions of an account, and the credits of their plans, to the provider's truth; what we already know as ended is not asked again. */
export const syncSubscriptions = async (deps: Deps, account: Account): Promise<readonly Subscription[]> => {
  const { providerCustomerId } = account
  const listed = providerCustomerId === null ? [] : await deps.provider.listSubscriptions(providerCustomerId)
  const known = await deps.store.subscriptions.list(account.ref)
  const ended = new Set(known.filter(isEnded).map((each) => each.providerSubscriptionId))
  for (const { providerSubscriptionId } of listed) {
    if (ended.has(providerSubscriptionId)) continue
    await syncSubscription(deps, providerSubscriptionId)
    await grantMissedCredits(deps, providerSubscriptionId)
  }
  return deps.store.subscriptions.list(account.ref)
}
