import { describe, expect, it } from 'vitest'
import { newSubscription, now } from '../../test/contracts/store-fixtures.ts'
import { monthlyRevenueOf } from './monthly-revenue.ts'
import { type RecurringDiscount, type SubscriptionItem, withRunningDiscounts } from './subscription.ts'

const item = (id: string, amountMinor: number, interval: SubscriptionItem['interval'] = 'month'): SubscriptionItem => ({
  providerItemId: id,
  providerPriceId: `price_${id}`,
  priceKey: null,
  quantity: 1,
  amountMinor,
  interval,
})

const percent = (percent: number, providerItemIds: readonly string[] | null = null): RecurringDiscount => ({
  off: { percent },
  endsAt: null,
  providerItemIds,
})

const amount = (amountMinor: number, providerItemIds: readonly string[] | null = null): RecurringDiscount => ({
  off: { amountMinor },
  endsAt: null,
  providerItemIds,
})

type Billed = { items: readonly SubscriptionItem[]; discounts: readonly RecurringDiscount[] }

const month = [item('a', 1000)]
const year = [item('a', 12_000, 'year')]
const both = [item('a', 1000), item('b', 6000, 'year')]

describe('the revenue of a month, with discounts that go on,', () => {
  it.each<[string, Billed, number]>([
    ['is less by a percentage', { items: month, discounts: [percent(25)] }, 750],
    ['is less by an amount', { items: month, discounts: [amount(300)] }, 700],
    ['is less by a twelfth of an amount off a year', { items: year, discounts: [amount(1200)] }, 900],
    [
      'is less by the whole amount where anything is billed by the month',
      { items: both, discounts: [amount(300)] },
      1200,
    ],
    ['is never below nothing', { items: month, discounts: [amount(5000)] }, 0],
    ['is nothing when all of it is taken off', { items: month, discounts: [percent(100)] }, 0],
    ['takes off one discount after the other', { items: month, discounts: [amount(200), percent(50)] }, 400],
    ['takes them off in their order', { items: month, discounts: [percent(50), amount(200)] }, 300],
    ['is rounded half up', { items: [item('a', 101)], discounts: [percent(50)] }, 51],
    ['is rounded once, not by item', { items: [item('a', 101), item('b', 101)], discounts: [percent(50)] }, 101],
    ['knows parts of a percent', { items: [item('a', 10_000)], discounts: [percent(33.33)] }, 6667],
    ['is exact where floating point is not', { items: [item('a', 2900)], discounts: [percent(15), percent(15)] }, 2095],
    ['has a percentage off some items only', { items: both, discounts: [percent(50, ['b'])] }, 1250],
    ['has an amount off some items only, as far as they go', { items: both, discounts: [amount(2000, ['b'])] }, 1000],
  ])('%s', (_fact, billed, expected) => {
    expect(monthlyRevenueOf(newSubscription(billed))).toBe(expected)
  })
})

describe('a discount', () => {
  const until = (endsAt: Date | null) => ({ ...percent(10), endsAt })

  it('is over when its end has come', () => {
    const running = [until(null), until(new Date(now.getTime() + 1))]
    const snapshot = newSubscription({ discounts: [until(now), ...running] })
    expect(withRunningDiscounts(snapshot, now).discounts).toEqual(running)
  })

  it('leaves no trace when it was the last one', () => {
    expect(withRunningDiscounts(newSubscription({ discounts: [until(now)] }), now)).not.toHaveProperty('discounts')
  })
})
