import { balanceEntries } from '../../domain/balance-entries.ts'
import { amountDue } from '../../domain/currency.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { PaymentIntent } from '../../domain/objects/payment.ts'
import type { World } from '../../world.ts'
import { balanceIn, changeBalance } from '../balance.ts'
import { invoicePayment } from '../connect/subscription-terms.ts'
import { applyCredits } from '../credits/apply.ts'
import { createPaymentIntent } from '../payments/intents.ts'
import { markPaid } from './settle.ts'

const nextNumber = (world: World, customerId: string): string => {
  const customer = world.need('customer', customerId)
  const sequence = customer.next_invoice_sequence
  world.update(customer, { next_invoice_sequence: sequence + 1 })
  return `${customer.invoice_prefix}-${String(sequence).padStart(4, '0')}`
}

/** What the balance takes over: a credit that is used up, a negative total, or an amount too small to collect. */
const applyBalance = (world: World, invoice: Invoice): { due: number; starting: number; ending: number } => {
  const { currency, customer, id, total } = invoice
  const starting = balanceIn(world.need('customer', customer), currency)
  const due = amountDue(total + starting, currency)
  const entries = balanceEntries({ total, balance: starting, due, currency: invoice.currency })
  changeBalance(
    world,
    customer,
    entries.map((entry) => ({ ...entry, currency, invoice: id })),
  )
  return { due, starting, ending: total + starting - due }
}

const purposeOf = ({ billing_reason, parent }: Invoice): string => {
  if (parent === null) return 'Payment for Invoice'
  return billing_reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update'
}

const intentFields = (invoice: Invoice) => ({
  ...invoicePayment(invoice),
  amount: invoice.amount_due,
  currency: invoice.currency,
  customer: invoice.customer,
  description: purposeOf(invoice),
  setup_future_usage: invoice.parent === null ? null : ('off_session' as const),
  ...(invoice.statement_descriptor ? { statement_descriptor: invoice.statement_descriptor } : {}),
  $invoice: invoice.id,
})

/** The payment an open invoice waits for. */
const createInvoicePayment = (world: World, invoice: Invoice, existing?: PaymentIntent): PaymentIntent => {
  const intent = existing ?? createPaymentIntent(world, intentFields(invoice))
  world.insert('invoice_payment', {
    amount_paid: null,
    amount_requested: invoice.amount_due,
    currency: invoice.currency,
    invoice: invoice.id,
    is_default: true,
    payment: { type: 'payment_intent', payment_intent: intent.id },
    status: 'open',
    status_transitions: { canceled_at: null, paid_at: null },
  })
  return intent
}

const dueDate = (world: World, invoice: Invoice): number | null => {
  if (invoice.due_date !== null || invoice.collection_method !== 'send_invoice') return invoice.due_date
  const subscription = invoice.parent?.subscription_details.subscription
  const days = subscription === undefined ? null : world.need('subscription', subscription).days_until_due
  return days === null ? null : world.now() + days * 86_400
}

/** What was paid before the invoice was made leaves the balance as it is. */
const paidAlready = (world: World, { customer, currency, total }: Invoice) => {
  const balance = balanceIn(world.need('customer', customer), currency)
  return { due: total, starting: balance, ending: balance }
}

/**
 * Freezes a draft: credits, number, address, amounts. Nothing due is paid at once, without a payment. `existing`: the intent that
 * Checkout collected before the invoice was made.
 */
export const finalizeInvoice = (world: World, given: Invoice, existing?: PaymentIntent): Invoice => {
  const draft = existing ? given : applyCredits(world, given)
  const { due, starting, ending } = existing ? paidAlready(world, draft) : applyBalance(world, draft)
  const finalized = world.update(draft, {
    amount_due: due,
    amount_remaining: due,
    automatically_finalizes_at: null,
    due_date: dueDate(world, draft),
    effective_at: draft.effective_at ?? world.now(),
    ending_balance: ending,
    hosted_invoice_url: world.url(`/_simulator/invoice/${draft.id}`),
    invoice_pdf: world.url(`/_simulator/invoice/${draft.id}?print`),
    number: draft.number ?? nextNumber(world, draft.customer),
    starting_balance: starting,
    status: 'open',
    status_transitions: { ...draft.status_transitions, finalized_at: world.now() },
  })
  world.emit('invoice.finalized', finalized)
  if (due === 0) return markPaid(world, finalized)
  createInvoicePayment(world, finalized, existing)
  return finalized
}
