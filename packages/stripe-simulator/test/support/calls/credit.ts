import type Stripe from 'stripe'
import { createPayer } from '../catalog.ts'

const callBalance = async (stripe: Stripe, customer: string): Promise<void> => {
  const made = await stripe.customers.createBalanceTransaction(customer, { amount: -250, currency: 'usd' })
  await stripe.customers.updateBalanceTransaction(customer, made.id, { description: 'Sorry' })
  await stripe.customers.retrieveBalanceTransaction(customer, made.id, { expand: ['customer'] })
  await stripe.customers.retrieve(customer, { expand: ['invoice_credit_balance'] })
}

/** Every route of customers' balances and of credit notes. */
export const callCredit = async (stripe: Stripe, price: string): Promise<void> => {
  const { id: customer } = await createPayer(stripe)
  await callBalance(stripe, customer)
  const bill = async (payment_behavior: 'allow_incomplete' | 'default_incomplete'): Promise<string> => {
    const items = [{ price, quantity: 2 }]
    const { latest_invoice } = await stripe.subscriptions.create({ customer, items, payment_behavior })
    return String(latest_invoice)
  }
  const paid = await bill('allow_incomplete')
  const given = { invoice: paid, amount: 1500, refund_amount: 1000, credit_amount: 400, out_of_band_amount: 100 }
  await stripe.creditNotes.preview(given)
  await stripe.creditNotes.listPreviewLineItems(given)
  const note = await stripe.creditNotes.create({ ...given, reason: 'duplicate' })
  await stripe.creditNotes.update(note.id, { memo: 'Sorry' })
  await stripe.creditNotes.retrieve(note.id, {
    expand: ['invoice', 'customer_balance_transaction', 'refunds.refund'],
  })
  await stripe.creditNotes.listLineItems(note.id)
  await stripe.creditNotes.list({ customer })
  const rate = await stripe.taxRates.create({ display_name: 'VAT', inclusive: false, percentage: 19 })
  const line = { type: 'custom_line_item' as const, description: 'Late', quantity: 1, unit_amount: 100 }
  const open = await bill('default_incomplete')
  const taxed = await stripe.creditNotes.create({ invoice: open, lines: [{ ...line, tax_rates: [rate.id] }] })
  await stripe.creditNotes.voidCreditNote(taxed.id)
  await stripe.invoices.voidInvoice(open)
  await stripe.customers.listBalanceTransactions(customer, { expand: ['data.credit_note', 'data.invoice'] })
}
