import { type SubscriptionSnapshot, withRunningDiscounts } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'

/** `fetch` is its number: of two the one with the higher number is newer. */
export type FetchedSubscription = { fetch: number; snapshot: SubscriptionSnapshot | null }

/** Asks the provider, once for all in this process who want to know at the same time. */
export const fetchSubscription = (deps: Deps, providerSubscriptionId: string): Promise<FetchedSubscription> =>
  deps.coalesce(`subscription:${providerSubscriptionId}`, async () => {
    const fetch = await deps.store.subscriptions.startFetch(providerSubscriptionId)
    return { fetch, snapshot: await findSubscription(deps, providerSubscriptionId) }
  })

/** As the provider has it, now. */
export const findSubscription = async ({ provider, clock }: Deps, id: string): Promise<SubscriptionSnapshot | null> => {
  const snapshot = await provider.findSubscription(id)
  return snapshot && withRunningDiscounts(snapshot, clock.now())
}
