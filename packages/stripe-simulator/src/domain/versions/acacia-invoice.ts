import { type Backport, found, isJson, type Json, valueAt, without } from './json.ts'

const oldTax = (tax: unknown): Json => ({
  amount: valueAt(tax, 'amount'),
  inclusive: valueAt(tax, 'tax_behavior') === 'inclusive',
  tax_rate: valueAt(tax, 'tax_rate_details.tax_rate') ?? null,
  taxability_reason: valueAt(tax, 'taxability_reason'),
  taxable_amount: valueAt(tax, 'taxable_amount'),
})

const taxesOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

const sumOf = (taxes: readonly Json[]): number => taxes.reduce((sum, { amount }) => sum + Number(amount), 0)

const inclusiveOf = (taxes: readonly Json[]): number => sumOf(taxes.filter(({ inclusive }) => inclusive === true))

const newInInvoices = [
  'amount_overpaid',
  'amount_paid_off_stripe',
  'confirmation_secret',
  'customer_account',
  'parent',
  'payments',
  'status_details',
  'total_taxes',
]

const paymentFields: Backport = (invoice, links) => {
  const paid = invoice.status === 'paid'
  const payment = invoice.status === 'draft' ? undefined : links.paymentOf(String(invoice.id))
  return {
    charge: invoice.attempted === true ? (payment?.charge ?? null) : null,
    paid,
    paid_out_of_band: paid && Number(invoice.amount_due) > 0 && payment === undefined,
    payment_intent: payment?.intent ?? null,
  }
}

/** An invoice has one payment, knows whether it is paid, and names its subscription itself. */
export const invoice: Backport = (object, links) => {
  const taxes = taxesOf(object.total_taxes).map(oldTax)
  const [discount] = Array.isArray(object.discounts) ? object.discounts : []
  return {
    ...without(object, newInInvoices),
    application_fee_amount: null,
    ...paymentFields(object, links),
    discount: found(links, discount),
    quote: valueAt(object, 'parent.quote_details.quote') ?? null,
    subscription: valueAt(object, 'parent.subscription_details.subscription') ?? null,
    subscription_details: { metadata: valueAt(object, 'parent.subscription_details.metadata') ?? null },
    tax: taxes.length === 0 ? null : sumOf(taxes),
    total_tax_amounts: taxes,
    transfer_data: null,
  }
}

const newInLines = ['parent', 'pricing', 'quantity_decimal', 'subtotal', 'taxes']

/** The price of a line, and the plan that it was called before. */
const priceFields: Backport = (line, links) => {
  const price = found(links, valueAt(line, 'pricing.price_details.price'))
  return { plan: price?.recurring ? links.planOf(price) : null, price }
}

const perUnit = (amount: number, quantity: unknown): string | null =>
  Number(quantity) > 0 ? String(Math.round((amount / Number(quantity)) * 1e12) / 1e12) : null

const sourceOf = (line: Json): Json => {
  const item = valueAt(line, 'parent.invoice_item_details')
  const details = isJson(item) ? item : valueAt(line, 'parent.subscription_item_details')
  return isJson(details) ? details : {}
}

/** A line carries its whole price, and itself says where it comes from. */
export const lineItem: Backport = (line, links) => {
  const source = sourceOf(line)
  const taxes = taxesOf(line.taxes).map(oldTax)
  const net = Number(line.amount) - inclusiveOf(taxes)
  return {
    ...without(line, newInLines),
    amount_excluding_tax: net,
    ...(typeof source.invoice_item === 'string' ? { invoice_item: source.invoice_item } : {}),
    ...priceFields(line, links),
    proration: source.proration === true,
    proration_details: source.proration_details ?? { credited_items: null },
    ...(typeof source.subscription_item === 'string' ? { subscription_item: source.subscription_item } : {}),
    tax_amounts: taxes,
    tax_rates: [],
    type: typeof source.subscription_item === 'string' ? 'subscription' : 'invoiceitem',
    unit_amount_excluding_tax: perUnit(net, line.quantity),
  }
}

const newInItems = [
  'customer_account',
  'frozen_fields',
  'invoicing_rules',
  'net_amount',
  'parent',
  'pricing',
  'proration_details',
  'quantity_decimal',
]

/** An invoice item names its price and subscription itself. */
export const invoiceItem: Backport = (item, links) => {
  const unit = valueAt(item, 'pricing.unit_amount_decimal')
  const subscriptionItem = valueAt(item, 'parent.subscription_details.subscription_item')
  return {
    ...without(item, newInItems),
    ...priceFields(item, links),
    subscription: valueAt(item, 'parent.subscription_details.subscription') ?? null,
    ...(typeof subscriptionItem === 'string' ? { subscription_item: subscriptionItem } : {}),
    unit_amount: typeof unit === 'string' && /^-?\d+$/.test(unit) ? Number(unit) : null,
    unit_amount_decimal: unit ?? null,
  }
}

const newInCreditNotes = ['customer_account', 'post_payment_amount', 'pre_payment_amount', 'refunds', 'total_taxes']

/** A credit note has one refund at most. */
export const creditNote: Backport = (note) => ({
  ...without(note, newInCreditNotes),
  refund: valueAt(Array.isArray(note.refunds) ? note.refunds[0] : undefined, 'refund') ?? null,
  tax_amounts: taxesOf(note.total_taxes).map(oldTax),
})

export const creditNoteLine: Backport = (line) => {
  const taxes = taxesOf(line.taxes).map(oldTax)
  const net = Number(line.amount) - inclusiveOf(taxes)
  return {
    ...without(line, ['taxes']),
    amount_excluding_tax: net,
    tax_amounts: taxes,
    unit_amount_excluding_tax: perUnit(net, line.quantity),
  }
}
