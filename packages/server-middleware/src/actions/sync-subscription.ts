import type { Account } from '../domain/account.ts'
import type { Effect } from '../domain/event.ts'
import { amountOf, isEnded, type Subscription, toSubscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'
import { fetchSubscription } from './fetch-subscription.ts'

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
  const { outcome, before } = await deps.store.subscriptions.save(subscription, fetch)
  if (outcome === 'stale') return deps.store.subscriptions.find(providerSubscriptionId)
  report(deps, subscription, before)
  for (const effect of effectsOf({ account, subscription, before, fetch })) await announce(deps, effect)
  return subscription
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

type Change = { account: Account; subscription: Subscription; before: Subscription | null; fetch: number }

/**
 * What became true, as far as the host may care. The keys of activation and end name the fact, not the fetch that found
 * it, so they are looked at every time and a crash between the save and the announcement loses neither.
 */
const effectsOf = ({ account, subscription, before, fetch }: Change): readonly Effect[] => {
  const { providerSubscriptionId, planId, status } = subscription
  const about = { accountId: account.accountId, providerSubscriptionId, planId }
  const effects: Effect[] = []
  if (status === 'active' || status === 'trialing') {
    effects.push({ ...about, type: 'subscription.activated', key: `subscription.activated:${providerSubscriptionId}` })
  }
  if (before && differs(before, subscription)) {
    effects.push({
      ...about,
      type: 'subscription.changed',
      key: `subscription.changed:${providerSubscriptionId}:${fetch}`,
    })
  }
  if (isEnded(subscription)) {
    effects.push({ ...about, type: 'subscription.ended', key: `subscription.ended:${providerSubscriptionId}` })
  }
  return effects
}

const differs = (a: Subscription, b: Subscription): boolean =>
  a.status !== b.status ||
  a.planId !== b.planId ||
  a.interval !== b.interval ||
  a.cancelAt?.getTime() !== b.cancelAt?.getTime() ||
  a.currentPeriodEndsAt?.getTime() !== b.currentPeriodEndsAt?.getTime()
