import { invalidRequest, missingParam, notSimulated } from '../../domain/failure.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { subscriptionPaid } from '../subscriptions/after-payment.ts'
import { creditPayment } from './settle.ts'

const param = 'payment_intent'

const refuseForeign = (invoice: Invoice, intent: PaymentIntent): void => {
  if (intent.$invoice !== undefined || intent.$checkoutSession !== undefined) {
    throw invalidRequest('This PaymentIntent already pays for something else.', { param })
  }
  if (intent.customer !== invoice.customer) {
    throw invalidRequest('The customer of the PaymentIntent must be the customer of the invoice.', { param })
  }
  if (intent.currency !== invoice.currency) {
    throw invalidRequest('The currency of the PaymentIntent must be the currency of the invoice.', { param })
  }
}

const refuseUnusable = (invoice: Invoice, intent: PaymentIntent): void => {
  if (intent.status === 'canceled') {
    throw invalidRequest('A canceled PaymentIntent cannot be attached to an invoice.', { param })
  }
  if (intent.capture_method === 'manual') throw notSimulated('attaching a payment that is captured by hand', param)
  if (intent.amount > invoice.amount_remaining) throw notSimulated('paying more than an invoice asks for', param)
}

/** A payment that a server made itself is to pay an open invoice, or a part of it. */
export const attachPayment = (world: World, invoice: Invoice, intentId: string | undefined): Invoice => {
  if (intentId === undefined) throw missingParam(param)
  if (invoice.status !== 'open') {
    throw invalidRequest(`Payments can only be attached to open invoices. This one is ${invoice.status}.`)
  }
  const intent = world.need('payment_intent', intentId, { param })
  refuseForeign(invoice, intent)
  refuseUnusable(invoice, intent)
  world.update(intent, { $invoice: invoice.id })
  const payment = world.insert('invoice_payment', {
    amount_paid: null,
    amount_requested: intent.amount,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: false,
    payment: { type: 'payment_intent', payment_intent: intent.id },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  })
  if (intent.status !== 'succeeded') return invoice
  const credited = creditPayment(world, invoice, payment)
  if (credited.status === 'paid') subscriptionPaid(world, credited, intent)
  return credited
}
