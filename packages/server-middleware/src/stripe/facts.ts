import { z } from 'zod'
import type { Fact } from '../domain/event.ts'
import { read, reference, referenceOrNull } from './read.ts'

type ReadFact = (object: unknown) => Fact | null

const checkout: ReadFact = (object) => ({ type: 'checkout.changed', providerSessionId: idOf(object) })
const payment: ReadFact = (object) => ({ type: 'payment.changed', providerPaymentId: idOf(object) })
const subscription: ReadFact = (object) => ({ type: 'subscription.changed', providerSubscriptionId: idOf(object) })

/** Of a refund, a charge or a dispute. */
const claim: ReadFact = (object) => {
  const { payment_intent } = read(z.object({ payment_intent: referenceOrNull }), object, 'charge')
  return payment_intent === null ? null : { type: 'claim.changed', providerPaymentId: payment_intent }
}

/** Of an invoice; null for one that bills no subscription. */
const itsSubscription: ReadFact = (object) => {
  const id = subscriptionOf(read(invoice, object, 'invoice'))
  return id === null ? null : { type: 'subscription.changed', providerSubscriptionId: id }
}

const invoicePaid: ReadFact = (object) => {
  const providerSubscriptionId = subscriptionOf(read(invoice, object, 'invoice'))
  if (providerSubscriptionId === null) return null
  return { type: 'invoice.paid', providerInvoiceId: idOf(object), providerSubscriptionId }
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

/** What each type of Stripe's means here. Types that are not listed mean nothing. */
const facts: Readonly<Record<string, ReadFact>> = {
  'checkout.session.completed': checkout,
  'checkout.session.async_payment_succeeded': checkout,
  'checkout.session.async_payment_failed': checkout,
  'checkout.session.expired': checkout,

  'payment_intent.succeeded': payment,
  'payment_intent.payment_failed': payment,
  'payment_intent.processing': payment,
  'payment_intent.requires_action': payment,
  'payment_intent.canceled': payment,

  'charge.refunded': claim,
  'refund.created': claim,
  'refund.updated': claim,
  'refund.failed': claim,
  'charge.dispute.created': claim,
  'charge.dispute.updated': claim,
  'charge.dispute.closed': claim,
  'charge.dispute.funds_withdrawn': claim,
  'charge.dispute.funds_reinstated': claim,

  'customer.subscription.created': subscription,
  'customer.subscription.updated': subscription,
  'customer.subscription.deleted': subscription,
  'customer.subscription.paused': subscription,
  'customer.subscription.resumed': subscription,
  'customer.subscription.trial_will_end': subscription,
  'customer.subscription.pending_update_applied': subscription,
  'customer.subscription.pending_update_expired': subscription,

  'invoice.created': itsSubscription,
  'invoice.finalized': itsSubscription,
  'invoice.paid': invoicePaid,
  'invoice.payment_succeeded': invoicePaid,
  'invoice.payment_failed': itsSubscription,
  'invoice.payment_action_required': itsSubscription,
  'invoice.voided': itsSubscription,
  'invoice.marked_uncollectible': itsSubscription,
}

export const eventTypes: readonly string[] = Object.keys(facts)

export const toFact = (type: string, object: unknown): Fact | null =>
  Object.hasOwn(facts, type) ? (facts[type]?.(object) ?? null) : null
