import type { Account } from '../domain/account.ts'
import type { Effect } from '../domain/event.ts'
import { isEnded } from '../domain/subscription.ts'
import { changeKey, type PendingChange, toSubscriptionChange } from '../domain/subscription-change.ts'
import type { Deps } from '../ports/deps.ts'
import type { ChangedSubscription } from '../ports/subscriptions.ts'
import { announce } from './announce.ts'

/** Writes what has changed into the account's history and tells the host, in order; each step may be repeated. */
export const finishChanges = async (deps: Deps, account: Account, changed: ChangedSubscription): Promise<void> => {
  const { subscription, pending } = changed
  for (const change of pending) {
    const earlier = await deps.store.subscriptionChanges.list(account.ref)
    const hasChurned = earlier.some(({ kind, at }) => kind === 'churn' && at <= change.at)
    await deps.store.subscriptionChanges.add(toSubscriptionChange(subscription, change, hasChurned))
    const about = { accountId: account.accountId, providerSubscriptionId: subscription.providerSubscriptionId }
    for (const effect of effectsOf(about, change)) await announce(deps, effect)
    await deps.store.subscriptions.finishChange(subscription.providerSubscriptionId, change.number)
  }
}

type About = { accountId: string; providerSubscriptionId: string }

/** What became true, as far as the host may care. A subscription is activated once, and ends once. */
const effectsOf = (whose: About, { number, from, to }: PendingChange): readonly Effect[] => {
  const { providerSubscriptionId: id } = whose
  const about = { ...whose, planId: to.planId }
  const effects: Effect[] = []
  if (to.status === 'active' || to.status === 'trialing') {
    effects.push({ ...about, type: 'subscription.activated', key: `subscription.activated:${id}` })
  }
  if (from) {
    const key = `subscription.changed:${changeKey({ providerSubscriptionId: id, number })}`
    effects.push({ ...about, type: 'subscription.changed', key })
  }
  if (isEnded(to)) effects.push({ ...about, type: 'subscription.ended', key: `subscription.ended:${id}` })
  return effects
}
