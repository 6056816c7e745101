import type { Subscription } from '../domain/subscription.ts'
import type { Deps } from '../ports/deps.ts'
import { syncSubscription } from './sync-subscription.ts'

/** `syncSubscription`, for all in this process who ask for it at once. */
export const lookAtSubscription = (deps: Deps, providerSubscriptionId: string): Promise<Subscription | null> =>
  deps.coalesce(`subscription:${providerSubscriptionId}`, () => syncSubscription(deps, providerSubscriptionId))
