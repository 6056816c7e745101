import type { Interval } from '@paywright/contract'
import type { Evidence } from './account.ts'

/** The provider's truth about a hosted checkout, as fetched. `url` is null once it is no longer open. */
export type CheckoutSnapshot = {
  providerSessionId: string
  status: 'open' | 'complete' | 'expired'
  paid: boolean
  url: string | null
  providerCustomerId: string | null
  providerSubscriptionId: string | null
  providerPaymentId: string | null
  /** The first one of the subscription that it sold. */
  providerInvoiceId: string | null
  expiresAt: Date
}

/**
 * A visit to the provider's hosted page, written before the provider is asked for it; its `id` is the idempotency key.
 * While it is open no other of its account and `slot` (a plan group, or a pack) can be.
 */
export type Checkout = {
  id: string
  accountRef: string
  userId: string | null
  slot: string
  order: CheckoutOrder
  returnUrl: string
  promotionCode: string | null
  providerSessionId: string | null
  url: string | null
  status: 'open' | 'complete' | 'expired'
  paid: boolean
  providerSubscriptionId: string | null
  evidence: Evidence | null
  createdAt: Date
  expiresAt: Date
}

/** What a checkout sells. */
export type CheckoutOrder =
  | { kind: 'subscription'; planId: string; interval: Interval; quantity: number; trialDays: number }
  | { kind: 'purchase'; packId: string; quantity: number; purchaseId: string }

export const slotOf = (order: CheckoutOrder, group: string): string =>
  order.kind === 'subscription' ? `plan:${group}` : `pack:${order.packId}`

/** Whether somebody asking again for `wanted` can be sent to `checkout`. */
export const sellsTheSame = (
  checkout: Checkout,
  wanted: Pick<Checkout, 'order' | 'returnUrl' | 'promotionCode'>,
): boolean =>
  checkout.returnUrl === wanted.returnUrl &&
  checkout.promotionCode === wanted.promotionCode &&
  sameOrder(checkout.order, wanted.order)

const sameOrder = (a: CheckoutOrder, b: CheckoutOrder): boolean => {
  if (a.quantity !== b.quantity) return false
  if (a.kind === 'purchase') return b.kind === 'purchase' && a.packId === b.packId
  return b.kind === 'subscription' && a.planId === b.planId && a.interval === b.interval
}
