import { pricingOf } from '../../domain/invoice-line.ts'
import type { InvoiceItem, InvoiceLine, Period } from '../../domain/objects/invoice.ts'
import type { Subscription, SubscriptionItem } from '../../domain/objects/subscription.ts'
import { isMetered } from '../../domain/pricing.ts'
import { shareOf } from '../../domain/proration.ts'
import type { World } from '../../world.ts'
import { priceAmount } from '../prices.ts'
import { periodOf, productName } from './items.ts'

interface Debit {
  readonly amount: number
  readonly period: Period
}

const billsItem = (world: World, line: InvoiceLine, itemId: string): boolean => {
  const { invoice_item_details, subscription_item_details } = line.parent
  if (subscription_item_details) return subscription_item_details.subscription_item === itemId
  const pending = world.store.get('invoiceitem', invoice_item_details?.invoice_item ?? '')
  return pending?.$subscriptionItem === itemId
}

const netOf = (line: InvoiceLine): number =>
  line.amount - line.discount_amounts.reduce((sum, { amount }) => sum + amount, 0)

const listPrice = (world: World, item: SubscriptionItem): Debit => ({
  amount: priceAmount(world, item.price, item.quantity ?? 0),
  period: { start: item.current_period_start, end: item.current_period_end },
})

/** What was really debited for the time that a credit gives back: discounts included, a free trial is nothing. */
const lastDebit = (world: World, subscription: Subscription, item: SubscriptionItem): Debit => {
  const { end } = periodOf(subscription)
  const waiting = world.store
    .all('invoiceitem')
    .filter((each) => each.invoice === null && each.$subscriptionItem === item.id)
    .filter((each) => each.amount > 0 && each.period.end === end)
    .at(-1)
  if (waiting) return { amount: waiting.amount, period: waiting.period }
  const billed = world.store
    .all('invoice')
    .filter(
      (invoice) => invoice.parent?.subscription_details.subscription === subscription.id && invoice.status !== 'void',
    )
    .flatMap((invoice) => invoice.lines.data)
    .filter((line) => line.amount >= 0 && line.period.end === end && billsItem(world, line, item.id))
    .at(-1)
  return billed ? { amount: netOf(billed), period: billed.period } : listPrice(world, item)
}

export interface Proration {
  readonly subscription: Subscription
  /** The moment from which the change counts. */
  readonly date: number
}

interface Position {
  readonly item: SubscriptionItem
  readonly amount: number
  readonly words: 'Unused' | 'Remaining'
}

const dated = (time: number): string =>
  new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' }).format(
    time * 1000,
  )

const addPosition = (
  world: World,
  { subscription, date }: Proration,
  { item, amount, words }: Position,
): InvoiceItem => {
  const count = item.quantity === 1 ? '' : `${item.quantity} × `
  return world.insert(
    'invoiceitem',
    {
      amount,
      currency: subscription.currency,
      customer: subscription.customer,
      date: world.now(),
      description: `${words} time on ${count}${productName(world, item.price)} after ${dated(date)}`,
      discountable: words === 'Remaining',
      discounts: [],
      invoice: null,
      metadata: subscription.metadata,
      ...(words === 'Unused' ? { net_amount: amount } : {}),
      parent: {
        type: 'subscription_details',
        subscription_details: { subscription: subscription.id, subscription_item: item.id },
      },
      period: { start: date, end: item.current_period_end },
      pricing: pricingOf(item.price),
      proration: true,
      quantity: item.quantity ?? 0,
      quantity_decimal: String(item.quantity ?? 0),
      tax_rates: [],
      $subscription: subscription.id,
      $subscriptionItem: item.id,
    },
    'invoiceitem.created',
  )
}

/** Gives back what is left of an item's period; what a meter counts is billed later, and never given back. */
export const creditItem = (world: World, proration: Proration, item: SubscriptionItem): void => {
  if (isMetered(item.price)) return
  const { amount, period } = lastDebit(world, proration.subscription, item)
  const credit = shareOf(amount, period, proration.date)
  addPosition(world, proration, { item, amount: credit === 0 ? 0 : -credit, words: 'Unused' })
}

/** Bills what is left of the period at the item's new price. */
export const debitItem = (world: World, proration: Proration, item: SubscriptionItem): void => {
  if (isMetered(item.price)) return
  const { amount, period } = listPrice(world, item)
  addPosition(world, proration, { item, amount: shareOf(amount, period, proration.date), words: 'Remaining' })
}
