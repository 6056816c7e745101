import { amountOf, type Subscription, toSubscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { announceDuplicates } from './announce-duplicates.ts'
import { fetchSubscription } from './fetch-subscription.ts'
import { finishChanges } from './finish-changes.ts'

/**
 * Overwrites ours with the provider's truth. Safe at any time, in any order, any number of times: an older fetch never
 * overwrites a newer one. Null when the provider, or no account of ours, knows it.
 */
export const syncSubscription = async (deps: Deps, providerSubscriptionId: string): Promise<Subscription | null> => {
  const { fetch, snapshot } = await fetchSubscription(deps, providerSubscriptionId)
  if (!snapshot) return null
  const account = await deps.store.accounts.findByCustomer(snapshot.providerCustomerId)
  if (!account) {
    deps.logger.warn({ providerSubscriptionId, result: 'unknown_customer' }, 'subscription_ignored')
    return null
  }
  const subscription = toSubscription(deps.catalog, account.ref, snapshot)
  const saved = await deps.store.subscriptions.save(subscription, fetch, deps.clock.now())
  if (saved.outcome === 'saved') report(deps, subscription, saved.before)
  const { subscription: known, pending } = saved
  if (!known) return null
  await finishChanges(deps, account, { subscription: known, pending })
  await announceDuplicates(deps, account, known)
  return known
}

const report = ({ logger, catalog }: Deps, subscription: Subscription, before: Subscription | null): void => {
  const fields = {
    account: subscription.accountRef,
    providerSubscriptionId: subscription.providerSubscriptionId,
    plan: subscription.planId,
    amountMinor: amountOf(subscription),
    currency: subscription.currency || catalog.currency,
    status: subscription.status,
    before: before?.status ?? null,
  }
  logger.info(fields, 'subscription_changed')
  if (subscription.planId === null) {
    const prices = subscription.items.map((item) => item.providerPriceId)
    logger.warn({ ...fields, prices }, 'subscription_price_unknown')
  }
}
