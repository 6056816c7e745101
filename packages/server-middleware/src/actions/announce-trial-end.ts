import type { Subscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'
import { syncSubscription } from './sync-subscription.ts'

/** Tells that a trial is about to end, if it still is one: once for each end that is set. */
export const announceTrialEnd = async (deps: Deps, providerSubscriptionId: string): Promise<Subscription | null> => {
  const subscription = await syncSubscription(deps, providerSubscriptionId)
  if (subscription?.status !== 'trialing' || !subscription.trialEndsAt) return subscription
  const account = await deps.store.accounts.findByRef(subscription.accountRef)
  if (!account) return subscription
  const { planId, trialEndsAt: endsAt } = subscription
  const about = { accountId: account.accountId, providerSubscriptionId, planId, endsAt }
  const key = `trial.ending:${providerSubscriptionId}:${endsAt.toISOString()}`
  await announce(deps, { ...about, type: 'trial.ending', key })
  return subscription
}
