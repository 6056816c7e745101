import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import { retryDaysOf } from '../../settings.ts'
import type { World } from '../../world.ts'
import { attemptPayment } from '../payments/attempt.ts'
import { settleCharge } from '../payments/charges.ts'
import { defaultPayment } from './payments.ts'
import { markPaid, markUnpaid } from './settle.ts'

export interface Collection {
  /** Without one, the attempt fails for want of it. */
  readonly method?: PaymentMethod | undefined
  readonly automatic: boolean
  readonly offSession: boolean
}

export interface Collected {
  readonly invoice: Invoice
  readonly intent?: PaymentIntent
}

/** The method an invoice is charged to: the subscription's own, then the customer's. */
export const methodFor = (world: World, invoice: Invoice): PaymentMethod | undefined => {
  const subscriptionId = invoice.parent?.subscription_details.subscription
  const subscription = subscriptionId === undefined ? undefined : world.store.get('subscription', subscriptionId)
  const customer = world.need('customer', invoice.customer)
  const id =
    invoice.default_payment_method ??
    subscription?.default_payment_method ??
    customer.invoice_settings.default_payment_method
  return id === null ? undefined : world.store.get('payment_method', id)
}

/** The next place in the account's schedule of retries, counted from the first attempt; null when it is used up. */
export const nextAttempt = (world: World, invoice: Invoice): Pick<Invoice, 'next_payment_attempt' | '$retries'> => {
  const used = invoice.$retries ?? 0
  const days = invoice.collection_method === 'send_invoice' ? undefined : retryDaysOf(world.settings)[used]
  const first = invoice.status_transitions.finalized_at ?? world.now()
  return { $retries: used + 1, next_payment_attempt: days === undefined ? null : first + days * 86_400 }
}

const fail = (world: World, invoice: Invoice, attempt: { automatic: boolean; intent?: PaymentIntent }): Collected => {
  const { automatic, intent } = attempt
  const planned = automatic ? world.update(invoice, nextAttempt(world, invoice)) : invoice
  const unpaid = markUnpaid(world, planned, { automatic, ...(intent ? { intent } : {}) })
  return { invoice: unpaid, ...(intent ? { intent } : {}) }
}

/** Tries to get an open invoice paid. */
export const collectInvoice = (world: World, invoice: Invoice, collection: Collection): Collected => {
  const { method, automatic, offSession } = collection
  const payment = defaultPayment(world, invoice.id)
  if (!payment || !method) return fail(world, invoice, { automatic })
  const waiting = world.need('payment_intent', payment.payment.payment_intent)
  const intent = attemptPayment(world, waiting, { method, offSession, mayAsk: true })
  if (intent.status !== 'succeeded') return fail(world, invoice, { automatic, intent })
  const paid = markPaid(world, invoice)
  if (intent.latest_charge !== null) settleCharge(world, intent.latest_charge)
  return { invoice: paid, intent }
}
