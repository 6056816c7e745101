import { itemLine, pricingOf } from '../../domain/invoice-line.ts'
import type { InvoiceItem, InvoiceLine, LineDraft, Period } from '../../domain/objects/invoice.ts'
import type { Subscription, SubscriptionItem } from '../../domain/objects/subscription.ts'
import { isMetered } from '../../domain/pricing.ts'
import { portionOf } from '../../domain/proration.ts'
import type { World } from '../../world.ts'
import { activeDiscounts } from '../discounts.ts'
import { discounted } from '../invoices/totals.ts'
import { priceAmount } from '../prices.ts'
import { periodOf, productName } from './items.ts'
import { listLines } from './recurring-lines.ts'
import { pricedPeriod } from './rhythm.ts'

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

const netOf = (line: LineDraft): number =>
  line.amount - line.discount_amounts.reduce((sum, { amount }) => sum + amount, 0)

/** A price, and the period that it is the price of. */
const listPrice = (world: World, subscription: Subscription, item: SubscriptionItem): Debit => ({
  amount: priceAmount(world, item.price, item.quantity ?? 0),
  period: pricedPeriod(subscription, { start: item.current_period_start, end: item.current_period_end }),
})

/** What the subscription's discounts leave of an item's price, as they are today. */
const todaysPrice = (world: World, subscription: Subscription, item: SubscriptionItem): Debit => {
  const list = listPrice(world, subscription, item)
  const lines = discounted(world, listLines(world, subscription), activeDiscounts(world, subscription))
  const line = lines[subscription.items.data.findIndex(({ id }) => id === item.id)]
  return line ? { ...list, amount: netOf(line) } : list
}

/** What a position that waits for its invoice will be worth there. */
const waitingAmount = (world: World, subscription: Subscription, item: InvoiceItem): number =>
  discounted(world, [itemLine(item)], activeDiscounts(world, subscription)).reduce((sum, line) => sum + netOf(line), 0)

/** What was really debited for the time that a credit gives back: discounts included, a free trial is nothing. */
const lastDebit = (world: World, subscription: Subscription, item: SubscriptionItem): Debit => {
  const { end } = periodOf(subscription)
  const waiting = world.store
    .all('invoiceitem')
    .filter((each) => each.invoice === null && each.$subscriptionItem === item.id)
    .filter((each) => each.amount > 0 && each.period.end === end)
    .at(-1)
  if (waiting) return { amount: waitingAmount(world, subscription, waiting), period: waiting.period }
  const billed = world.store
    .all('invoice')
    .filter(
      (invoice) => invoice.parent?.subscription_details.subscription === subscription.id && invoice.status !== 'void',
    )
    .flatMap((invoice) => invoice.lines.data)
    .filter((line) => line.amount >= 0 && line.period.end === end && billsItem(world, line, item.id))
    .at(-1)
  return billed ? { amount: netOf(billed), period: billed.period } : listPrice(world, subscription, item)
}

/** Flexible billing gives back what was debited; classic billing goes by today's price and discounts. */
const creditOf = (world: World, subscription: Subscription, item: SubscriptionItem): Debit =>
  subscription.billing_mode.type === 'classic'
    ? todaysPrice(world, subscription, item)
    : lastDebit(world, subscription, item)

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
  const { amount, period } = creditOf(world, proration.subscription, item)
  const credit = portionOf(amount, { start: proration.date, end: item.current_period_end }, period)
  addPosition(world, proration, { item, amount: credit === 0 ? 0 : -credit, words: 'Unused' })
}

/** Bills what is left of the period at the item's new price. */
export const debitItem = (world: World, proration: Proration, item: SubscriptionItem): void => {
  if (isMetered(item.price)) return
  const { amount, period } = listPrice(world, proration.subscription, item)
  const debit = portionOf(amount, { start: proration.date, end: item.current_period_end }, period)
  addPosition(world, proration, { item, amount: debit, words: 'Remaining' })
}
