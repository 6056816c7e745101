import { recurringLine } from '../../domain/invoice-line.ts'
import type { LineDraft, Period } from '../../domain/objects/invoice.ts'
import type { Subscription, SubscriptionItem } from '../../domain/objects/subscription.ts'
import { isMetered } from '../../domain/pricing.ts'
import { amountOver } from '../../domain/proration.ts'
import type { World } from '../../world.ts'
import { usageOf } from '../meters/usage.ts'
import { priceAmount } from '../prices.ts'
import { cadenceOf, periodOf, productName } from './items.ts'
import { isWhole } from './rhythm.ts'

export interface Billing {
  /** A trial is billed with nothing. */
  readonly free?: boolean
  /** The time whose usage is billed now; without it, none is. */
  readonly elapsed?: Period
}

const currentPeriod = (item: SubscriptionItem): Period => ({
  start: item.current_period_start,
  end: item.current_period_end,
})

const usedBy = (
  world: World,
  subscription: Subscription,
  used: { item: SubscriptionItem; period?: Period },
): number => {
  const meter = used.item.price.recurring?.meter
  if (!meter || !used.period) return 0
  return usageOf(world, { meter, customer: subscription.customer, period: used.period })
}

const meteredLine = (world: World, subscription: Subscription, used: { item: SubscriptionItem; period?: Period }) => {
  const { item, period } = used
  const quantity = usedBy(world, subscription, used)
  const amount = period ? priceAmount(world, item.price, quantity) : 0
  const shared = { subscription, item, productName: productName(world, item.price), free: false, proration: false }
  return recurringLine({ ...shared, amount, quantity, period: period ?? currentPeriod(item) })
}

interface Sold {
  readonly item: SubscriptionItem
  readonly free: boolean
  /** By default the item's current period. */
  readonly period?: Period
  /** At the full price, whatever the period. */
  readonly whole?: boolean
}

const licensedLine = (world: World, subscription: Subscription, sold: Sold) => {
  const { item, free, period = currentPeriod(item), whole = false } = sold
  const quantity = item.quantity ?? 1
  const each = priceAmount(world, item.price, quantity)
  const proration = !free && !whole && !isWhole(subscription, period)
  const amount = proration ? amountOver(each, period, cadenceOf(item.price)) : each
  const name = productName(world, item.price)
  return recurringLine({ subscription, item, productName: name, period, amount, quantity, free, proration })
}

/** What a subscription's items cost for their current period; what a meter counted, for the time that is over. */
export const recurringLines = (world: World, subscription: Subscription, billing: Billing = {}): LineDraft[] => {
  const { elapsed, free = false } = billing
  return subscription.items.data.map((item) =>
    isMetered(item.price)
      ? meteredLine(world, subscription, { item, ...(elapsed ? { period: elapsed } : {}) })
      : licensedLine(world, subscription, { item, free }),
  )
}

/** The same for a time before the current period; what a meter counted then is not known. */
export const linesOver = (world: World, subscription: Subscription, period: Period): LineDraft[] =>
  subscription.items.data
    .filter((item) => !isMetered(item.price))
    .map((item) => licensedLine(world, subscription, { item, free: false, period }))

/** The full price of each item; nothing for what a meter counts. */
export const listLines = (world: World, subscription: Subscription): LineDraft[] =>
  subscription.items.data.map((item) =>
    isMetered(item.price)
      ? meteredLine(world, subscription, { item })
      : licensedLine(world, subscription, { item, free: false, whole: true }),
  )

/** The time until a renewal, or until a moment before it. A trial's usage is free. */
export const elapsedOf = (before: Subscription, end = periodOf(before).end): Billing =>
  before.status === 'trialing' || (before.trial_end ?? 0) >= end
    ? {}
    : { elapsed: { start: Math.max(periodOf(before).start, before.$usageBilledUntil ?? 0), end } }

/** The usage that nothing has billed yet. */
export const usageLines = (world: World, subscription: Subscription, period: Period): LineDraft[] =>
  subscription.items.data
    .filter((item) => isMetered(item.price))
    .map((item) => meteredLine(world, subscription, { item, period }))
    .filter((line) => line.amount > 0)
