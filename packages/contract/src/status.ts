import type { Credits } from './credits.ts'
import type { Money, Timestamp } from './money.ts'
import type { Subscription } from './subscription.ts'

/** Something the account has to pay or fix now; `url` is where, when the provider hosts it. */
export type Due = {
  reason: 'payment_failed' | 'payment_incomplete' | 'unpaid'
  message: string
  amount: Money | null
  url: string | null
}

/** How the checkout of `?sessionId=` ended; `processing` while a delayed payment is under way. */
export type CheckoutOutcome = {
  sessionId: string
  status: 'open' | 'processing' | 'complete' | 'expired'
  kind: 'subscription' | 'purchase'
  planId: string | null
  packId: string | null
  usesPurchased: number | null
  /** What `usesPurchased` counts; null for a plan. */
  unit: string | null
  /** So many of `usesPurchased` make one that people see. */
  scale: number
}

/** The one truth that a page needs. `plan` is the free plan while there is no subscription with access. */
export type Status = {
  accountId: string
  plan: { id: string; name: string }
  subscription: Subscription | null
  entitlements: { features: string[]; limits: Record<string, number | null> }
  /** In the default unit. */
  credits: Credits
  due: Due | null
  checkout: CheckoutOutcome | null
  asOf: Timestamp
}

export type StatusQuery = { sessionId?: string; portalReturn?: string }
