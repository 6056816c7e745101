import Stripe from 'stripe'
import { type Catalog, createPayer } from '../catalog.ts'
import type { OpenSimulator } from '../open-simulator.ts'

const { Decimal } = Stripe

const callItems = async (stripe: Stripe, customer: string, { pack }: Catalog): Promise<void> => {
  const rate = await stripe.taxRates.create({ display_name: 'VAT', inclusive: true, percentage: 19 })
  const { id } = await stripe.invoiceItems.create({
    customer,
    pricing: { price: pack.id },
    quantity: 3,
    tax_rates: [rate.id],
    metadata: { order: '7' },
  })
  await stripe.invoiceItems.retrieve(id, { expand: ['customer', 'pricing.price_details.price'] })
  await stripe.invoiceItems.update(id, { quantity: 2, description: 'Two of them', tax_rates: '' })
  const extra = await stripe.invoiceItems.create({
    customer,
    currency: 'usd',
    unit_amount_decimal: Decimal.from('-12.5'),
    quantity: 4,
  })
  await stripe.invoiceItems.list({ customer, pending: true, limit: 1 })
  await stripe.invoiceItems.del(extra.id)
}

const callLines = async (stripe: Stripe, id: string, customer: string): Promise<void> => {
  const waiting = await stripe.invoiceItems.create({ customer, amount: 250, currency: 'usd' })
  const { lines } = await stripe.invoices.addLines(id, {
    lines: [{ amount: 700, description: 'Setup' }, { invoice_item: waiting.id }],
    invoice_metadata: { a: '1' },
  })
  const [first, second] = lines.data.slice(-2)
  const tax_rate_data = { display_name: 'Duty', inclusive: false, percentage: 10 }
  await stripe.invoices.updateLines(id, {
    lines: [{ id: first?.id ?? '', tax_amounts: [{ amount: 70, taxable_amount: 700, tax_rate_data }] }],
  })
  await stripe.invoices.updateLineItem(id, second?.id ?? '', { amount: 300 })
  await stripe.invoices.removeLines(id, { lines: [{ id: second?.id ?? '', behavior: 'unassign' }] })
}

const callSent = async (stripe: Stripe, customer: string): Promise<void> => {
  const due = { customer, collection_method: 'send_invoice', days_until_due: 14 } as const
  const { id } = await stripe.invoices.create({ ...due, description: 'By bank', footer: 'Thanks' })
  await stripe.invoices.addLines(id, { lines: [{ amount: 5000 }] })
  await stripe.invoices.sendInvoice(id)
  const part = await stripe.paymentIntents.create({ amount: 2000, currency: 'usd', customer })
  await stripe.invoices.attachPayment(id, { payment_intent: part.id, expand: ['payments'] })
  await stripe.paymentIntents.confirm(part.id, {
    payment_method: 'pm_card_visa',
    return_url: 'https://example.com/back',
  })
  await stripe.invoices.pay(id, { paid_out_of_band: true })
  await stripe.invoices.list({ due_date: { gte: 1 } })
  await stripe.invoicePayments.list({ created: { gte: 1 } })
}

/** Every route of invoices that a server makes itself, and of their items. */
export const callOwnInvoices = async (
  { simulator }: OpenSimulator,
  stripe: Stripe,
  catalog: Catalog,
): Promise<void> => {
  const { id: customer } = await createPayer(stripe)
  await callItems(stripe, customer, catalog)
  const coupon = await stripe.coupons.create({ percent_off: 10 })
  const draft = await stripe.invoices.create({
    customer,
    auto_advance: true,
    pending_invoice_items_behavior: 'include',
    discounts: [{ coupon: coupon.id }],
    custom_fields: [{ name: 'PO', value: '7' }],
    shipping_details: { name: 'Ada', address: { country: 'DE' } },
    rendering: { amount_tax_display: 'include_inclusive_tax', pdf: { page_size: 'a4' } },
    statement_descriptor: 'PAYWRIGHT',
    expand: ['discounts'],
  })
  await callLines(stripe, draft.id, customer)
  await stripe.invoices.update(draft.id, { number: 'A-1', description: 'Thanks', discounts: '' })
  await simulator.clock.advance({ hours: 2 })
  await callSent(stripe, customer)
  await stripe.invoices.del((await stripe.invoices.create({ customer })).id)
}
