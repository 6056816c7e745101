import type { SubscriptionList } from '../domain/provider-call.ts'
import { grantMissedCredits } from './grant-plan-credits.ts'
import { syncSubscription } from './sync-subscription.ts'
import { type Tour, walk } from './walk.ts'

type Listed = SubscriptionList['subscriptions'][number]

const subscriptionsAtOnce = 100

/**
 * Goes through all subscriptions that the provider has, a hundred with each call, for those of our accounts that are not
 * held: their events may be older than it remembers.
 */
export const reconcileUnknownSubscriptions = async (tour: Tour): Promise<void> => {
  const { provider } = tour.deps
  await walk<Listed>(tour, {
    kind: 'subscription',
    name: 'unknown-subscription',
    since: null,
    page: async (after) => {
      const { subscriptions, next } = await provider.listAllSubscriptions({ after, limit: subscriptionsAtOnce })
      const missing = await Promise.all(subscriptions.map((each) => isMissing(tour, each)))
      return { rows: subscriptions.filter((_each, index) => missing[index]), next }
    },
    visit: async (missing) => {
      for (const { providerSubscriptionId } of missing) await takeIn(tour, providerSubscriptionId)
    },
  })
}

const isMissing = async ({ deps }: Tour, { providerSubscriptionId, providerCustomerId }: Listed): Promise<boolean> => {
  const { subscriptions, accounts } = deps.store
  if (await subscriptions.find(providerSubscriptionId)) return false
  return (await accounts.findByCustomer(providerCustomerId)) !== null
}

const takeIn = async ({ deps, dryRun, findings }: Tour, id: string): Promise<void> => {
  const taken = dryRun ? null : await syncSubscription(deps, id)
  if (taken) await grantMissedCredits(deps, id)
  const difference = { kind: 'subscription', id, field: 'itself', held: null, provider: 'there' } as const
  findings.found(difference, taken !== null)
}
