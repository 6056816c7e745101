import type { Account } from '../domain/account.ts'
import { duplicatesOf, type Subscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'

/** Tells, once for each pair, that an account may be billed twice for what it wants once. */
export const announceDuplicates = async (deps: Deps, account: Account, subscription: Subscription): Promise<void> => {
  const others = await deps.store.subscriptions.list(account.ref)
  for (const [older, newer] of duplicatesOf(subscription, others)) {
    const [olderSubscriptionId, providerSubscriptionId] = [older.providerSubscriptionId, newer.providerSubscriptionId]
    const pair = { providerSubscriptionId, olderSubscriptionId, group: subscription.group }
    const key = `subscription.duplicate:${olderSubscriptionId}:${providerSubscriptionId}`
    deps.logger.warn({ account: account.ref, ...pair }, 'subscription_duplicate')
    await announce(deps, { ...pair, type: 'subscription.duplicate', key, accountId: account.accountId })
  }
}
