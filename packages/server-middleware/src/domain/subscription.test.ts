import { subscriptionStatuses } from '@paywright/contract'
import { describe, expect, test } from 'vitest'
import { defineCatalog } from './define-catalog.ts'
import {
  amountOf,
  currentOf,
  effectivePlan,
  hasAccess,
  isCollectable,
  isEnded,
  nextBillingAt,
  type SubscriptionSnapshot,
  toSubscription,
} from './subscription.ts'

const catalog = defineCatalog({
  currency: 'usd',
  freePlan: 'free',
  plans: {
    free: { name: 'Free' },
    growth: { name: 'Growth', month: [{ kind: 'flat', amountMinor: 7900, formerPriceIds: ['price_2024'] }] },
  },
  packs: {},
})

const at = (iso: string) => new Date(`${iso}T00:00:00Z`)
const snapshot: SubscriptionSnapshot = {
  providerSubscriptionId: 'sub_1',
  providerCustomerId: 'cus_1',
  status: 'active',
  currency: 'usd',
  items: [
    {
      providerItemId: 'si_1',
      providerPriceId: 'price_1',
      priceKey: 'growth_monthly',
      quantity: 2,
      amountMinor: 7900,
      interval: 'month',
    },
  ],
  startedAt: at('2026-01-01'),
  currentPeriodStartedAt: at('2026-11-01'),
  currentPeriodEndsAt: at('2026-12-01'),
  cancelAt: null,
  canceledAt: null,
  endedAt: null,
  endReason: null,
  trialEndsAt: null,
  collectionPaused: false,
  openInvoice: null,
}
const subscribed = (more: Partial<SubscriptionSnapshot> = {}) =>
  toSubscription(catalog, 'ref', { ...snapshot, ...more })
const withPrice = (providerPriceId: string, priceKey: string | null) =>
  subscribed({ items: snapshot.items.map((item) => ({ ...item, providerPriceId, priceKey })) })

describe('a snapshot becomes a subscription', () => {
  test('whose plan the price key names', () => {
    expect(subscribed()).toMatchObject({ planId: 'growth', interval: 'month', group: 'default', accountRef: 'ref' })
  })

  test('whose plan a former price still names', () => {
    expect(withPrice('price_2024', null).planId).toBe('growth')
  })

  test('without a plan, and kept, when nobody knows the price', () => {
    expect(withPrice('price_of_nobody', null)).toMatchObject({ planId: null, interval: 'month' })
  })

  test('that costs what its items cost together', () => {
    expect(amountOf(subscribed())).toBe(15800)
  })
})

describe('access', () => {
  const now = at('2026-11-10')

  test.each(
    subscriptionStatuses.map((status) => [status, ['active', 'trialing', 'past_due'].includes(status)] as const),
  )('while %s: %s', (status, access) => {
    expect(hasAccess(subscribed({ status }), now, 14)).toBe(access)
  })

  test('ends with the grace period of a renewal that failed', () => {
    const late = subscribed({ status: 'past_due' })

    expect(hasAccess(late, at('2026-11-14'), 14)).toBe(true)
    expect(hasAccess(late, at('2026-11-15'), 14)).toBe(false)
  })

  test('gives the plan, and its loss the free one', () => {
    expect(effectivePlan(catalog, subscribed(), true).id).toBe('growth')
    expect(effectivePlan(catalog, subscribed(), false).id).toBe('free')
    expect(effectivePlan(catalog, null, false).id).toBe('free')
  })
})

describe('what counts', () => {
  test('is a live subscription before an ended one, though that is newer', () => {
    const live = subscribed({ providerSubscriptionId: 'sub_live' })
    const ended = subscribed({ providerSubscriptionId: 'sub_ended', status: 'canceled', startedAt: at('2026-06-01') })

    expect(currentOf([ended, live])).toBe(live)
    expect(currentOf([])).toBeNull()
  })

  test('is collectable unless it has ended or never began', () => {
    const collectable = subscriptionStatuses.filter((status) => isCollectable({ status }))

    expect(collectable).toEqual(['trialing', 'active', 'past_due', 'unpaid', 'paused'])
    expect(subscriptionStatuses.filter((status) => isEnded({ status }))).toEqual(['incomplete_expired', 'canceled'])
  })
})

describe('the next bill', () => {
  test('comes at the end of the period', () => {
    expect(nextBillingAt(subscribed())).toEqual(at('2026-12-01'))
  })

  test('comes at the end of the trial', () => {
    expect(nextBillingAt(subscribed({ status: 'trialing', trialEndsAt: at('2026-11-20') }))).toEqual(at('2026-11-20'))
  })

  test.each([{ cancelAt: at('2026-12-01') }, { status: 'canceled' }, { status: 'paused' }] as const)(
    'never comes with %o',
    (change) => {
      expect(nextBillingAt(subscribed(change))).toBeNull()
    },
  )
})
