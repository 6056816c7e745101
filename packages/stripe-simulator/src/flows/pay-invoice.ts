import { invalidRequest } from '../domain/failure.ts'
import type { Invoice } from '../domain/objects/invoice.ts'
import type { Declined, MethodInput, RequiresAction } from '../simulator-core.ts'
import type { World } from '../world.ts'
import { declinedBy } from './checkout/pay.ts'
import { type Collected, methodFor } from './invoices/collect.ts'
import { finalizeInvoice } from './invoices/finalize.ts'
import { checkOwner } from './payments/intents.ts'
import { challengeUrl } from './payments/next-action.ts'
import { createPaymentMethod, findPaymentMethod } from './payments/payment-methods.ts'
import { collectAndTell } from './subscriptions/collect.ts'

export interface PayInput {
  readonly paymentMethodId?: string
  readonly offSession: boolean
}

const payable = (world: World, invoice: Invoice): Invoice => {
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid', { code: 'invoice_already_paid' })
  if (invoice.status === 'void') throw invalidRequest('This invoice is void and cannot be paid.')
  return invoice.status === 'draft' ? finalizeInvoice(world, invoice) : invoice
}

/** Pays an invoice by hand: from draft, open or uncollectible, without moving the schedule of retries. */
export const payInvoice = (world: World, given: Invoice, input: PayInput): Collected => {
  const invoice = payable(world, given)
  if (invoice.status === 'paid') return { invoice }
  const method =
    input.paymentMethodId === undefined ? methodFor(world, invoice) : findPaymentMethod(world, input.paymentMethodId)
  if (!method) {
    throw invalidRequest(
      'There is no `default_payment_method` set on this Customer or Invoice. Please set either to pay this invoice.',
      { code: 'invoice_no_payment_method_types' },
    )
  }
  checkOwner(method, invoice.customer)
  return collectAndTell(world, invoice, { method, automatic: false, offSession: input.offSession })
}

const methodOf = (world: World, input: MethodInput): string => {
  if ('paymentMethodId' in input) return input.paymentMethodId
  const { number, expMonth, expYear, cvc } = input.card
  return createPaymentMethod(world, { type: 'card', card: { number, exp_month: expMonth, exp_year: expYear, cvc } }).id
}

/** The same for the customer on the hosted page, who is there to be asked. */
export const payHostedInvoice = (
  world: World,
  invoiceId: string,
  input: MethodInput,
): { readonly status: 'paid' } | RequiresAction | Declined => {
  const invoice = world.need('invoice', invoiceId, { status: 404, param: 'invoice' })
  const paymentMethodId = methodOf(world, input)
  const { intent, invoice: after } = payInvoice(world, invoice, { paymentMethodId, offSession: false })
  if (after.status === 'paid' || !intent) return { status: 'paid' }
  if (intent.status !== 'requires_action') return declinedBy(intent.last_payment_error)
  return { status: 'requires_action', intentId: intent.id, challengeUrl: challengeUrl(world, intent.id) }
}
