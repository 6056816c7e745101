import { z } from 'zod'
import type { Fact, InvoiceFact } from '../domain/event.ts'
import { read, reference, referenceOrNull } from './read.ts'

type ReadFact = (object: unknown) => Fact | null

const checkout: ReadFact = (object) => ({ type: 'checkout.changed', providerSessionId: idOf(object) })
const payment: ReadFact = (object) => ({ type: 'payment.changed', providerPaymentId: idOf(object) })
const subscription: ReadFact = (object) => ({ type: 'subscription.changed', providerSubscriptionId: idOf(object) })
const trialEnding: ReadFact = (object) => ({ type: 'trial.ending', providerSubscriptionId: idOf(object) })
const customer: ReadFact = (object) => ({ type: 'customer.changed', providerCustomerId: idOf(object) })

const paymentMethod: ReadFact = (object) => ({
  type: 'payment_method.changed',
  providerPaymentMethodId: idOf(object),
})

const paymentOf = (object: unknown): string | null =>
  read(z.object({ payment_intent: referenceOrNull }), object, 'charge').payment_intent

/** Of a refund or a charge. */
const claim: ReadFact = (object) => {
  const providerPaymentId = paymentOf(object)
  return providerPaymentId === null ? null : { type: 'claim.changed', providerPaymentId }
}

const dispute: ReadFact = (object) => ({
  type: 'dispute.changed',
  providerDisputeId: idOf(object),
  providerPaymentId: paymentOf(object),
})

const invoiceFact =
  (type: InvoiceFact['type']): ReadFact =>
  (object) => {
    const providerSubscriptionId = subscriptionOf(read(invoice, object, 'invoice'))
    return { type, providerInvoiceId: idOf(object), providerSubscriptionId }
  }

const invoiceChanged = invoiceFact('invoice.changed')
const invoicePaid = invoiceFact('invoice.paid')

const changed = (id: string | null): Fact | null =>
  id === null ? null : { type: 'subscription.changed', providerSubscriptionId: id }

/** Of an invoice that is still to be made: it has no id. */
const itsSubscription: ReadFact = (object) => changed(subscriptionOf(read(invoice, object, 'invoice')))

const schedule = z.object({ subscription: referenceOrNull, released_subscription: referenceOrNull })

/** A schedule that has let go of its subscription names it elsewhere. */
const scheduled: ReadFact = (object) => {
  const found = read(schedule, object, 'subscription schedule')
  return changed(found.subscription ?? found.released_subscription)
}

/** A coupon was put on a subscription, or taken off. */
const discounted: ReadFact = (object) =>
  changed(read(z.object({ subscription: referenceOrNull }), object, 'discount').subscription)

/** The method that was set up for later. */
const setUp: ReadFact = (object) => {
  const { payment_method } = read(z.object({ payment_method: referenceOrNull }), object, 'setup intent')
  return payment_method === null ? null : { type: 'payment_method.changed', providerPaymentMethodId: payment_method }
}

const idOf = (object: unknown): string => read(z.object({ id: z.string() }), object, 'event object').id

/** Since basil (2025-03) an invoice names its subscription in `parent`, before that directly. */
const invoice = z.union([
  z.object({
    parent: z.object({ subscription_details: z.object({ subscription: reference }).nullish() }).nullable(),
  }),
  z.object({ subscription: reference.nullable() }),
])

const subscriptionOf = (found: z.output<typeof invoice>): string | null =>
  'parent' in found ? (found.parent?.subscription_details?.subscription ?? null) : found.subscription

/**
 * What each type of Stripe's means here. Types that are not listed mean nothing: prices, products and entitlements, since
 * the catalog is ours; a set-up that failed, which leaves all as it was; meter errors; Connect's accounts and payouts.
 */
const facts: Readonly<Record<string, ReadFact>> = {
  'checkout.session.completed': checkout,
  'checkout.session.async_payment_succeeded': checkout,
  'checkout.session.async_payment_failed': checkout,
  'checkout.session.expired': checkout,

  'customer.created': customer,
  'customer.updated': customer,
  'customer.deleted': customer,

  'payment_method.attached': paymentMethod,
  'payment_method.detached': paymentMethod,
  'payment_method.updated': paymentMethod,
  'payment_method.automatically_updated': paymentMethod,
  'setup_intent.succeeded': setUp,

  'payment_intent.succeeded': payment,
  'payment_intent.payment_failed': payment,
  'payment_intent.processing': payment,
  'payment_intent.requires_action': payment,
  'payment_intent.canceled': payment,

  'charge.refunded': claim,
  'refund.created': claim,
  'refund.updated': claim,
  'refund.failed': claim,
  'charge.dispute.created': dispute,
  'charge.dispute.updated': dispute,
  'charge.dispute.closed': dispute,
  'charge.dispute.funds_withdrawn': dispute,
  'charge.dispute.funds_reinstated': dispute,

  'customer.subscription.created': subscription,
  'customer.subscription.updated': subscription,
  'customer.subscription.deleted': subscription,
  'customer.subscription.paused': subscription,
  'customer.subscription.resumed': subscription,
  'customer.subscription.trial_will_end': trialEnding,
  'customer.subscription.pending_update_applied': subscription,
  'customer.subscription.pending_update_expired': subscription,

  'customer.discount.created': discounted,
  'customer.discount.updated': discounted,
  'customer.discount.deleted': discounted,

  'subscription_schedule.updated': scheduled,
  'subscription_schedule.released': scheduled,
  'subscription_schedule.completed': scheduled,
  'subscription_schedule.canceled': scheduled,
  'subscription_schedule.aborted': scheduled,

  'invoice.upcoming': itsSubscription,
  'invoice.created': invoiceChanged,
  'invoice.finalized': invoiceChanged,
  'invoice.paid': invoicePaid,
  'invoice.payment_succeeded': invoicePaid,
  'invoice.payment_failed': invoiceFact('invoice.payment_failed'),
  'invoice.payment_action_required': invoiceFact('invoice.action_required'),
  'invoice.updated': invoiceChanged,
  'invoice.deleted': invoiceChanged,
  'invoice.voided': invoiceChanged,
  'invoice.marked_uncollectible': invoiceChanged,
}

export const eventTypes: readonly string[] = Object.keys(facts)

export const toFact = (type: string, object: unknown): Fact | null =>
  Object.hasOwn(facts, type) ? (facts[type]?.(object) ?? null) : null
