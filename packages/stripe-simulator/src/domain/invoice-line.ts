import { decimalsOf, inUnits } from './currency.ts'
import type { Metadata } from './objects/base.ts'
import type { Price } from './objects/catalog.ts'
import type { InvoiceItem, LineDraft, LineParent, Period, Pricing } from './objects/invoice.ts'
import type { Subscription, SubscriptionItem } from './objects/subscription.ts'

export const pricingOf = (price: Price): Pricing => ({
  type: 'price_details',
  price_details: { price: price.id, product: price.product },
  unit_amount_decimal: price.unit_amount_decimal,
})

const money = (amount: number, currency: string): string => {
  const digits = decimalsOf(currency)
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return new Intl.NumberFormat('en-US', { style: 'currency', currency, ...options }).format(inUnits(amount, currency))
}

const describe = (price: Price, productName: string, quantity: number): string => {
  if (price.unit_amount === null) return `${quantity} × ${productName}`
  const each = money(price.unit_amount, price.currency)
  const { interval, interval_count } = price.recurring ?? { interval: '', interval_count: 1 }
  const cadence = interval_count === 1 ? interval : `every ${interval_count} ${interval}s`
  return `${quantity} × ${productName} (at ${each}${interval ? ` / ${cadence}` : ''})`
}

interface LineFields {
  readonly amount: number
  readonly currency: string
  readonly description: string | null
  readonly discountable: boolean
  readonly discounts?: readonly string[]
  readonly metadata: Metadata
  readonly parent: LineParent
  readonly period: Period
  readonly pricing: Pricing | null
  readonly quantity: number
  readonly subscription: string | null
}

const lineOf = (fields: LineFields): LineDraft => ({
  object: 'line_item',
  discount_amounts: [],
  discounts: [],
  livemode: false,
  pretax_credit_amounts: [],
  quantity_decimal: String(fields.quantity),
  subtotal: fields.amount,
  taxes: [],
  ...fields,
})

export interface RecurringLine {
  readonly subscription: Subscription
  readonly item: SubscriptionItem
  readonly productName: string
  readonly period: Period
  readonly amount: number
  readonly quantity: number
  /** A trial bills its items with nothing. */
  readonly free: boolean
  /** The period is cut off, and its price with it. */
  readonly proration: boolean
}

export const recurringLine = (line: RecurringLine): LineDraft => {
  const { subscription, item, productName, period, quantity, free, proration } = line
  const { price } = item
  return lineOf({
    amount: free ? 0 : line.amount,
    currency: price.currency,
    description: free ? `Free trial for ${quantity} × ${productName}` : describe(price, productName, quantity),
    discountable: true,
    metadata: subscription.metadata,
    parent: {
      type: 'subscription_item_details',
      invoice_item_details: null,
      subscription_item_details: {
        invoice_item: null,
        proration,
        proration_details: { credited_items: null },
        subscription: subscription.id,
        subscription_item: item.id,
      },
    },
    period,
    pricing: pricingOf(price),
    quantity,
    subscription: subscription.id,
  })
}

/** A one-time position, or a proration, that waited for an invoice. */
export const itemLine = (item: InvoiceItem): LineDraft =>
  lineOf({
    amount: item.amount,
    currency: item.currency,
    description: item.description,
    discountable: item.discountable,
    discounts: item.discounts,
    metadata: item.metadata,
    parent: {
      type: 'invoice_item_details',
      invoice_item_details: {
        invoice_item: item.id,
        proration: item.proration,
        proration_details: { credited_items: null },
        subscription: item.$subscription ?? null,
      },
      subscription_item_details: null,
    },
    period: item.period,
    pricing: item.pricing,
    quantity: item.quantity,
    subscription: item.$subscription ?? null,
  })
