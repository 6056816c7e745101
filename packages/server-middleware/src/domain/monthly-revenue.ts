import type { MinorAmount, SubscriptionStatus } from '@paywright/contract'
import type { RecurringDiscount, Subscription, SubscriptionItem } from './subscription.ts'

/**
 * What it brings in a month, after discounts that go on and before taxes; 0 while it brings nothing. Periods other than
 * months and years have no interval here and count as 0. Rounded once, at the end, half up.
 */
export const monthlyRevenueOf = (subscription: Subscription): MinorAmount => {
  if (subscription.collectionPaused || !earning.includes(subscription.status)) return 0
  const { items, discounts = [] } = subscription
  const { shares, denominator } = discounts.reduce(discounted, { shares: items.map(toShare), denominator: 12n })
  const sum = sumOf(shares)
  return Number((2n * sum + denominator) / (2n * denominator))
}

const earning: readonly SubscriptionStatus[] = ['active', 'past_due']

/** What items bring in a month, as fractions with one denominator: nothing is rounded on the way. */
type Revenue = { shares: readonly Share[]; denominator: bigint }
type Share = { item: SubscriptionItem; amount: bigint }

const toShare = (item: SubscriptionItem): Share => {
  const { interval, amountMinor, quantity } = item
  const perPeriod = interval === null ? 0n : BigInt(amountMinor) * BigInt(quantity)
  return { item, amount: interval === 'month' ? 12n * perPeriod : perPeriod }
}

const discounted = (revenue: Revenue, discount: RecurringDiscount): Revenue =>
  'percent' in discount.off
    ? takePercent(revenue, discount, discount.off.percent)
    : takeAmount(revenue, discount, discount.off.amountMinor)

const isOn = ({ providerItemIds }: RecurringDiscount, { item }: Share): boolean =>
  providerItemIds?.includes(item.providerItemId) ?? true

const whole = 1_000_000n

const takePercent = ({ shares, denominator }: Revenue, discount: RecurringDiscount, percent: number): Revenue => {
  const left = whole - BigInt(Math.round(percent * 10_000))
  const after = (share: Share) => share.amount * (isOn(discount, share) ? left : whole)
  return { shares: shares.map((share) => ({ ...share, amount: after(share) })), denominator: denominator * whole }
}

/** An amount is taken off each invoice: of a month where anything is billed by the month, else of a year. */
const takeAmount = ({ shares, denominator }: Revenue, discount: RecurringDiscount, minor: MinorAmount): Revenue => {
  const isMonthly = shares.some(({ item }) => item.interval === 'month')
  let left = (BigInt(minor) * denominator) / (isMonthly ? 1n : 12n)
  const after = shares.map((share) => {
    const off = isOn(discount, share) ? least(left, share.amount) : 0n
    left -= off
    return { ...share, amount: share.amount - off }
  })
  return { shares: after, denominator }
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b)

const sumOf = (shares: readonly Share[]): bigint => shares.reduce((sum, { amount }) => sum + amount, 0n)
