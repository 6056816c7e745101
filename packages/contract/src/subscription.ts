import type { Money, Timestamp } from './money.ts'
import type { Interval } from './plans.ts'

/** The provider's own words for a subscription's state. */
export const subscriptionStatuses = [
  'incomplete',
  'incomplete_expired',
  'trialing',
  'active',
  'past_due',
  'canceled',
  'unpaid',
  'paused',
] as const

export type SubscriptionStatus = (typeof subscriptionStatuses)[number]

/**
 * A subscription as a page shows it. `planId` is null when the provider bills a price that the catalog doesn't know;
 * `hasAccess` is the server's decision, grace period included.
 */
export type Subscription = {
  providerSubscriptionId: string
  planId: string | null
  planName: string
  status: SubscriptionStatus
  hasAccess: boolean
  interval: Interval | null
  quantity: number
  price: Money | null
  startedAt: Timestamp
  currentPeriodEndsAt: Timestamp | null
  /** Null when nothing more will be billed. */
  nextBillingAt: Timestamp | null
  /** When it will end, after a cancellation that is scheduled. */
  cancelAt: Timestamp | null
  canceledAt: Timestamp | null
  endedAt: Timestamp | null
  trialEndsAt: Timestamp | null
  collectionPaused: boolean
}
