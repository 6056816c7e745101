import { describe, expect, it } from 'vitest'
import { newSubscription, now } from '../../test/contracts/store-fixtures.ts'
import { monthlyRevenueOf } from './monthly-revenue.ts'
import type { Subscription, SubscriptionItem } from './subscription.ts'
import { changeBetween, toSubscriptionChange } from './subscription-change.ts'

const itemOf = (changes: Partial<SubscriptionItem> = {}): SubscriptionItem => ({
  providerItemId: 'item',
  providerPriceId: 'price',
  priceKey: null,
  quantity: 1,
  amountMinor: 900,
  interval: 'month',
  ...changes,
})

const monthly = newSubscription({ items: [itemOf()] })

const paying = (amountMinor: number): Subscription => ({ ...monthly, items: [itemOf({ amountMinor })] })

describe('the revenue of a month', () => {
  it.each([
    ['a monthly price', [itemOf()], 900],
    ['a twelfth of a yearly one, rounded once all are added', [itemOf({ interval: 'year', amountMinor: 79000 })], 6583],
    ['each seat', [itemOf({ quantity: 5 })], 4500],
    [
      'all items together',
      [itemOf({ interval: 'year', amountMinor: 6 }), itemOf({ interval: 'year', amountMinor: 6 })],
      1,
    ],
    ['nothing of a price for other periods', [itemOf({ interval: null })], 0],
  ])('has %s', (_fact, items, expected) => {
    expect(monthlyRevenueOf({ ...monthly, items })).toBe(expected)
  })

  it.each([
    ['active', 900],
    ['past_due', 900],
    ['trialing', 0],
    ['incomplete', 0],
    ['unpaid', 0],
    ['paused', 0],
    ['canceled', 0],
    ['incomplete_expired', 0],
  ] as const)('of one that is %s is %i', (status, expected) => {
    expect(monthlyRevenueOf({ ...monthly, status })).toBe(expected)
  })

  it('is nothing while collection is paused', () => {
    expect(monthlyRevenueOf({ ...monthly, collectionPaused: true })).toBe(0)
  })
})

describe('a change', () => {
  it.each<[string, Partial<Subscription>]>([
    ['plan', { planId: 'other' }],
    ['status', { status: 'past_due' }],
    ['interval', { interval: 'year' }],
    ['number of seats', { items: [itemOf({ quantity: 2 })] }],
    ['planned end', { cancelAt: now }],
    ['period', { currentPeriodEndsAt: null }],
    ['collection', { collectionPaused: true }],
  ])('is another %s', (_what, changes) => {
    expect(changeBetween(monthly, { ...monthly, ...changes })).not.toBeNull()
  })

  it('is not another invoice that is open', () => {
    const openInvoice = { providerInvoiceId: 'in', amountDueMinor: 1, currency: 'usd', url: null }
    expect(changeBetween(monthly, { ...monthly, openInvoice })).toBeNull()
    expect(changeBetween(monthly, structuredClone(monthly))).toBeNull()
  })
})

const historyOf = (before: Subscription | null, after: Subscription, hasChurned = false) => {
  const change = changeBetween(before, after)
  if (!change) throw new Error('Nothing has changed.')
  return toSubscriptionChange(after, { number: 1, at: now, ...change }, hasChurned)
}

const canceled: Subscription = { ...monthly, status: 'canceled' }

describe('the history', () => {
  it.each([
    { kind: 'new', before: null, after: monthly, difference: 900 },
    { kind: 'new', before: { ...monthly, status: 'trialing' }, after: monthly, difference: 900 },
    { kind: 'other', before: null, after: { ...monthly, status: 'trialing' }, difference: 0 },
    { kind: 'expansion', before: monthly, after: paying(1000), difference: 100 },
    { kind: 'contraction', before: monthly, after: paying(400), difference: -500 },
    { kind: 'churn', before: monthly, after: canceled, difference: -900 },
    {
      kind: 'churn',
      before: { ...monthly, status: 'past_due' },
      after: { ...monthly, status: 'unpaid' },
      difference: -900,
    },
    { kind: 'other', before: { ...monthly, status: 'trialing' }, after: canceled, difference: 0 },
    { kind: 'other', before: monthly, after: { ...monthly, cancelAt: now }, difference: 0 },
  ] as const)(
    'calls it $kind: $before.status to $after.status, by $difference',
    ({ kind, before, after, difference }) => {
      expect(historyOf(before, after)).toMatchObject({ kind, monthlyDifferenceMinor: difference })
    },
  )

  it('calls it a reactivation when the account had left before', () => {
    expect(historyOf(null, monthly, true).kind).toBe('reactivation')
  })

  it('keeps why it ended, once it has', () => {
    const failed: Subscription = { ...canceled, endReason: 'payment_failed' }
    expect(historyOf(monthly, failed).endedBy).toBe('payment_failed')
    expect(historyOf(monthly, { ...monthly, endReason: 'requested', cancelAt: now }).endedBy).toBeNull()
    expect(historyOf(failed, { ...failed, planId: 'other' }).endedBy).toBeNull()
  })
})
