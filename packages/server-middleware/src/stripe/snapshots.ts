import { subscriptionStatuses } from '@paywright/contract'
import { z } from 'zod'
import type { CheckoutSnapshot } from '../domain/checkout.ts'
import type { RefundSnapshot } from '../domain/provider-call.ts'
import type { PaymentSnapshot } from '../domain/purchase.ts'
import type { OpenInvoice, SubscriptionItem, SubscriptionSnapshot } from '../domain/subscription.ts'
import { toDiscounts } from './discount-snapshot.ts'
import { catalogKeys, purchaseIdOf } from './metadata.ts'
import { toPaymentFailure } from './payment-failure.ts'
import { instant, instantOrNull, read, reference, referenceOrNull } from './read.ts'

const metadata = z
  .record(z.string(), z.string())
  .nullish()
  .transform((labels) => labels ?? {})

const checkoutSession = z.object({
  id: z.string(),
  status: z.enum(['open', 'complete', 'expired']),
  payment_status: z.enum(['paid', 'unpaid', 'no_payment_required']),
  url: z.string().nullish(),
  customer: referenceOrNull,
  subscription: referenceOrNull,
  payment_intent: referenceOrNull,
  invoice: referenceOrNull,
  expires_at: instant,
})

/** Nothing to pay (a trial, a full discount) is paid. */
export const toCheckout = (object: unknown): CheckoutSnapshot => {
  const session = read(checkoutSession, object, 'checkout session')
  return {
    providerSessionId: session.id,
    status: session.status,
    paid: session.payment_status !== 'unpaid',
    url: session.status === 'open' ? (session.url ?? null) : null,
    providerCustomerId: session.customer,
    providerSubscriptionId: session.subscription,
    providerPaymentId: session.payment_intent,
    providerInvoiceId: session.subscription === null ? null : session.invoice,
    expiresAt: session.expires_at,
  }
}

const paymentStatuses = {
  requires_payment_method: 'requires_payment_method',
  requires_confirmation: 'requires_payment_method',
  requires_action: 'requires_action',
  requires_capture: 'processing',
  processing: 'processing',
  succeeded: 'succeeded',
  canceled: 'canceled',
} as const satisfies Record<string, PaymentSnapshot['status']>

const paymentIntent = z.object({
  id: z.string(),
  status: z.enum(Object.keys(paymentStatuses) as (keyof typeof paymentStatuses)[]),
  amount: z.int(),
  amount_received: z.int(),
  currency: z.string(),
  customer: referenceOrNull,
  metadata,
  client_secret: z.string(),
  last_payment_error: z.object({ code: z.string().nullish(), decline_code: z.string().nullish() }).nullish(),
})

export const toPayment = (object: unknown): PaymentSnapshot => {
  const intent = read(paymentIntent, object, 'payment intent')
  return {
    providerPaymentId: intent.id,
    status: paymentStatuses[intent.status],
    amountMinor: intent.amount,
    amountReceivedMinor: intent.amount_received,
    currency: intent.currency,
    providerCustomerId: intent.customer,
    purchaseId: purchaseIdOf(intent.metadata),
    clientSecret: intent.client_secret,
    failure: intent.last_payment_error ? toPaymentFailure(intent.last_payment_error) : null,
  }
}

const refund = z.object({
  id: z.string(),
  status: z.enum(['pending', 'requires_action', 'succeeded', 'failed', 'canceled']),
  amount: z.int(),
})

export const toRefund = (object: unknown): RefundSnapshot => {
  const { id, status, amount } = read(refund, object, 'refund')
  return { providerRefundId: id, status, amountMinor: amount }
}

const price = z.object({
  id: z.string(),
  product: referenceOrNull,
  lookup_key: z.string().nullish(),
  metadata,
  unit_amount: z.int().nullish(),
  recurring: z.object({ interval: z.string(), interval_count: z.int(), usage_type: z.string().nullish() }).nullish(),
})

/** Since basil (2025-03) the period is the item's, before that the subscription's. */
const period = { current_period_start: instantOrNull, current_period_end: instantOrNull }

const subscriptionItem = z.object({ id: z.string(), quantity: z.int().nullish(), price, ...period })

const invoice = z.object({
  id: z.string(),
  status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']).nullish(),
  amount_remaining: z.int(),
  currency: z.string(),
  hosted_invoice_url: z.string().nullish(),
})

const subscription = z.object({
  id: z.string(),
  customer: reference,
  status: z.enum(subscriptionStatuses),
  currency: z.string(),
  items: z.object({ data: z.array(subscriptionItem).min(1) }),
  discounts: z.array(z.unknown()).nullish(),
  /** Before basil (2025-03): the only one, or the first. */
  discount: z.unknown().optional(),
  start_date: instant,
  ...period,
  cancel_at: instantOrNull,
  cancel_at_period_end: z.boolean(),
  canceled_at: instantOrNull,
  ended_at: instantOrNull,
  cancellation_details: z.object({ reason: z.string().nullish() }).nullish(),
  trial_end: instantOrNull,
  pause_collection: z.object({}).nullish(),
  latest_invoice: invoice.nullable(),
})

/** Needs `latest_invoice`, and the coupons of `discounts`, expanded. */
export const toSubscription = (object: unknown): SubscriptionSnapshot => {
  const found = read(subscription, object, 'subscription')
  const { startsAt, endsAt } = periodOf(found)
  const discounts = toDiscounts(discountsIn(found), { currency: found.currency, items: found.items.data.map(toSold) })
  return {
    providerSubscriptionId: found.id,
    providerCustomerId: found.customer,
    status: found.status,
    currency: found.currency,
    items: found.items.data.map(toItem),
    ...(discounts.length === 0 ? {} : { discounts }),
    startedAt: found.start_date,
    currentPeriodStartedAt: startsAt,
    currentPeriodEndsAt: endsAt,
    cancelAt: found.cancel_at ?? (found.cancel_at_period_end ? endsAt : null),
    canceledAt: found.canceled_at,
    endedAt: found.ended_at,
    endReason: toEndReason(found.cancellation_details?.reason ?? null),
    trialEndsAt: found.trial_end,
    collectionPaused: Boolean(found.pause_collection),
    openInvoice: found.latest_invoice ? toOpenInvoice(found.latest_invoice) : null,
  }
}

const discountsIn = ({ discounts, discount }: z.output<typeof subscription>): readonly unknown[] => {
  const listed = discounts ?? []
  return listed.some((each) => typeof each === 'object') ? listed : [discount]
}

const toSold = ({ id, price: { product } }: z.output<typeof subscriptionItem>) => ({ id, product })

const endReasons: Readonly<Record<string, SubscriptionSnapshot['endReason']>> = {
  cancellation_requested: 'requested',
  payment_failed: 'payment_failed',
  payment_disputed: 'payment_disputed',
}

const toEndReason = (reason: string | null): SubscriptionSnapshot['endReason'] =>
  reason === null ? null : (endReasons[reason] ?? 'other')

const bounds = z.object({ current_period_start: z.date(), current_period_end: z.date() })

/** The period that ends first, of those that the items (or, in old shapes, the subscription itself) are in. */
const periodOf = (found: z.output<typeof subscription>): { startsAt: Date; endsAt: Date } => {
  const own = found.items.data.filter((item) => item.current_period_end !== null)
  const [first] = own.toSorted((a, b) => Number(a.current_period_end) - Number(b.current_period_end))
  const { current_period_start, current_period_end } = read(bounds, first ?? found, 'subscription')
  return { startsAt: current_period_start, endsAt: current_period_end }
}

/** What depends on usage or tiers has no amount of its own: it counts as 0. */
const toItem = (item: z.output<typeof subscriptionItem>): SubscriptionItem => ({
  providerItemId: item.id,
  providerPriceId: item.price.id,
  priceKey: item.price.lookup_key ?? item.price.metadata[catalogKeys.priceKey] ?? null,
  quantity: item.quantity ?? 1,
  amountMinor: item.price.recurring?.usage_type === 'metered' ? 0 : (item.price.unit_amount ?? 0),
  interval: toInterval(item.price.recurring),
})

const toInterval = (recurring: z.output<typeof price>['recurring']): SubscriptionItem['interval'] => {
  if (recurring?.interval_count !== 1) return null
  return recurring.interval === 'month' || recurring.interval === 'year' ? recurring.interval : null
}

const toOpenInvoice = (found: z.output<typeof invoice>): OpenInvoice | null => {
  if (found.status !== 'open' || found.amount_remaining === 0) return null
  return {
    providerInvoiceId: found.id,
    amountDueMinor: found.amount_remaining,
    currency: found.currency,
    url: found.hosted_invoice_url ?? null,
  }
}
