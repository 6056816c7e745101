import { invalidRequest } from '../domain/failure.ts'
import type { Invoice } from '../domain/objects/invoice.ts'
import type { PaymentIntent } from '../domain/objects/payment.ts'
import type { Declined, MethodInput, RequiresAction } from '../simulator-core.ts'
import type { World } from '../world.ts'
import { declinedBy } from './checkout/pay.ts'
import { type Collected, methodFor } from './invoices/collect.ts'
import { finalizeInvoice } from './invoices/finalize.ts'
import { defaultPayment } from './invoices/payments.ts'
import { checkOwner } from './payments/intents.ts'
import { mandated, onPage } from './payments/mandates.ts'
import { challengeUrl } from './payments/next-action.ts'
import { findPaymentMethod } from './payments/payment-methods.ts'
import { typedMethod } from './payments/typed-method.ts'
import { collectAndTell } from './subscriptions/collect.ts'

export interface PayInput {
  readonly paymentMethodId?: string
  /** The customer agrees on a page. */
  readonly onPage?: boolean
  readonly offSession: boolean
}

const payable = (world: World, invoice: Invoice): Invoice => {
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid', { code: 'invoice_already_paid' })
  if (invoice.status === 'void') throw invalidRequest('This invoice is void and cannot be paid.')
  return invoice.status === 'draft' ? finalizeInvoice(world, invoice) : invoice
}

/** The payment that an invoice waits for, if it does. */
export const intentOf = (world: World, invoice: Invoice): PaymentIntent | undefined => {
  const payment = defaultPayment(world, invoice.id)
  return payment && world.need('payment_intent', payment.payment.payment_intent)
}

export const isProcessing = (world: World, invoice: Invoice): boolean =>
  intentOf(world, invoice)?.status === 'processing'

/** While a debit is on its way, an invoice is not paid another way, or voided. */
export const refuseProcessing = (intent: PaymentIntent | undefined): void => {
  if (intent?.status !== 'processing') return
  throw invalidRequest('This invoice has a payment that is still processing. Wait until it succeeds or fails.', {
    code: 'payment_intent_unexpected_state',
  })
}

/** Pays an invoice by hand: from draft, open or uncollectible, without moving the schedule of retries. */
export const payInvoice = (world: World, given: Invoice, input: PayInput): Collected => {
  const invoice = payable(world, given)
  if (invoice.status === 'paid') return { invoice }
  const intent = intentOf(world, invoice)
  refuseProcessing(intent)
  const found =
    input.paymentMethodId === undefined ? methodFor(world, invoice) : findPaymentMethod(world, input.paymentMethodId)
  if (!found) {
    throw invalidRequest(
      'There is no `default_payment_method` set on this Customer or Invoice. Please set either to pay this invoice.',
      { code: 'invoice_no_payment_method_types' },
    )
  }
  checkOwner(found, invoice.customer)
  const method =
    intent && input.onPage === true ? mandated(world, intent, { method: found, acceptance: onPage }) : found
  return collectAndTell(world, invoice, { method, automatic: false, offSession: input.offSession })
}

const methodOf = (world: World, input: MethodInput, { customer_email: email }: Invoice): string =>
  'paymentMethodId' in input
    ? input.paymentMethodId
    : typedMethod(world, input, typeof email === 'string' ? { email } : {}).id

/** The same for the customer on the hosted page, who is there to be asked. */
export const payHostedInvoice = (
  world: World,
  invoiceId: string,
  input: MethodInput,
): { readonly status: 'paid' | 'processing' } | RequiresAction | Declined => {
  const invoice = world.need('invoice', invoiceId, { status: 404, param: 'invoice' })
  const paymentMethodId = methodOf(world, input, invoice)
  const { intent, invoice: after } = payInvoice(world, invoice, {
    paymentMethodId,
    offSession: false,
    onPage: true,
  })
  if (after.status === 'paid' || !intent) return { status: 'paid' }
  if (intent.status === 'processing') return { status: 'processing' }
  if (intent.status !== 'requires_action') return declinedBy(intent.last_payment_error)
  return { status: 'requires_action', intentId: intent.id, challengeUrl: challengeUrl(world, intent.id) }
}
