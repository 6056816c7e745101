import type { Currency, Interval, MinorAmount, PortalFlow } from '@paywright/contract'
import type { Labelling, PlanItem } from './catalog.ts'
import type { DisputeSnapshot } from './dispute.ts'
import type { ProviderEvent } from './event.ts'

/** What every object that we make at the provider says about itself, for people who look there. */
export type Labels = {
  accountId: string
  userId?: string
  planId?: string
  packId?: string
  purchaseId?: string
  source: string
  createdVia: string
}

export type CustomerInput = { attemptId: string; email: string | null; name: string | null; labels: Labels }

/** `returnUrl` may hold `{CHECKOUT_SESSION_ID}`, which the provider replaces. */
export type CheckoutInput = {
  attemptId: string
  providerCustomerId: string
  successUrl: string
  cancelUrl: string
  promotionCode: string | null
  labels: Labels
  labelling: Labelling
  order:
    | { kind: 'subscription'; items: readonly PlanItem[]; interval: Interval; quantity: number; trialDays: number }
    | { kind: 'purchase'; name: string; quantity: number; unitAmountMinor: MinorAmount; currency: Currency }
}

export type PaymentInput = {
  attemptId: string
  providerCustomerId: string
  amountMinor: MinorAmount
  currency: Currency
  description: string
  labels: Labels
  labelling: Labelling
}

export type ConfirmInput = { attemptId: string; providerPaymentId: string; paymentMethodId: string; returnUrl: string }

/** `amountMinor` null gives all of it back. */
export type RefundInput = { attemptId: string; providerPaymentId: string; amountMinor: MinorAmount | null }

export type RefundSnapshot = {
  providerRefundId: string
  status: 'pending' | 'requires_action' | 'succeeded' | 'failed' | 'canceled'
  amountMinor: MinorAmount
}

/** What went back of a payment, or may. */
export type Reversals = { refunds: readonly RefundSnapshot[]; disputes: readonly DisputeSnapshot[] }

export type PortalInput = {
  providerCustomerId: string
  returnUrl: string
  flow: PortalFlow | null
  /** The subscription that a cancel or update flow is about. */
  providerSubscriptionId: string | null
}

/** `after` is the `next` of the page before; null for the first one. */
export type EventListInput = { since: Date; after: string | null; limit: number }

/** `next` is null when there are no older ones. */
export type EventList = { events: readonly ProviderEvent[]; next: string | null }

/** `after` is the `next` of the page before; null for the first one. */
export type SubscriptionListInput = { after: string | null; limit: number }

/** Which there are, and whose. `next` is null when there are no more. */
export type SubscriptionList = {
  subscriptions: readonly { providerSubscriptionId: string; providerCustomerId: string }[]
  next: string | null
}

/** A webhook as it came in. The bytes are those that were signed. */
export type WebhookInput = { payload: Uint8Array; headers: Readonly<Record<string, string | undefined>> }

/** One line of what `catalog push` did or `catalog check` found. */
export type CatalogChange = {
  object: string
  name: string
  change: 'same' | 'created' | 'updated' | 'missing' | 'differs'
}
