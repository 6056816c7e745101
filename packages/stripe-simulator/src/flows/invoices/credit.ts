import type { Invoice } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { checkAmount } from '../payments/intents.ts'
import { subscriptionPaid } from '../subscriptions/after-payment.ts'
import { defaultPayment, openPayments } from './payments.ts'
import { askForRest, endPayments, markPaid } from './settle.ts'

/** How much a credit note takes off what is still to be paid, and how much of what was paid it gives back. */
export interface Credit {
  readonly prePayment: number
  readonly postPayment: number
}

/** The open payments ask for what remains. */
const requestRemaining = (world: World, invoice: Invoice): void => {
  const { amount_remaining: amount, currency } = invoice
  if (defaultPayment(world, invoice.id)?.status === 'open') checkAmount(amount, currency)
  askForRest(world, invoice, amount)
}

/** An open invoice of which nothing remains is paid, without a payment. */
const settleCredited = (world: World, invoice: Invoice): void => {
  endPayments(world, openPayments(world, invoice.id), 'automatic')
  subscriptionPaid(world, markPaid(world, invoice))
}

/** Counts a credit note on its invoice; a voided one with the sign turned. */
export const creditInvoice = (world: World, invoice: Invoice, { prePayment, postPayment }: Credit): void => {
  const credited = world.update(
    invoice,
    {
      amount_due: invoice.amount_due - prePayment,
      amount_remaining: invoice.amount_remaining - prePayment,
      pre_payment_credit_notes_amount: invoice.pre_payment_credit_notes_amount + prePayment,
      post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + postPayment,
    },
    'invoice.updated',
  )
  if (invoice.status !== 'open' || prePayment === 0) return
  if (credited.amount_remaining === 0) settleCredited(world, credited)
  else requestRemaining(world, credited)
}
