import type { PaymentMethod } from '../../domain/objects/customer.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { attemptPayment } from '../payments/attempt.ts'
import { settleCharge } from '../payments/charges.ts'
import { nextAttempt } from './next-attempt.ts'
import { defaultPayment } from './payments.ts'
import { markPaid, markProcessing, markUnpaid } from './settle.ts'

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
  if (waiting.status === 'processing') return { invoice, intent: waiting }
  const intent = attemptPayment(world, waiting, { method, offSession, mayAsk: true })
  if (intent.status === 'processing') return { invoice: markProcessing(world, invoice, automatic), intent }
  if (intent.status !== 'succeeded') return fail(world, invoice, { automatic, intent })
  const paid = markPaid(world, invoice)
  if (intent.latest_charge !== null) settleCharge(world, intent.latest_charge)
  return { invoice: paid, intent }
}
