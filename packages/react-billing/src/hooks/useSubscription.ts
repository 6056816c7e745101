import type { Status, Subscription } from '@paywright/contract'
import type { Loadable } from './loadable.ts'
import { useStatusPart } from './useStatus.ts'

const subscriptionOf = (status: Status) => status.subscription

/** The subscription; null on the free plan. */
export const useSubscription = (): Loadable<Subscription | null> => useStatusPart(subscriptionOf)
