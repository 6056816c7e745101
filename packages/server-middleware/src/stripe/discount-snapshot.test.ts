import { describe, expect, it } from 'vitest'
import { toDiscounts } from './discount-snapshot.ts'

const owner = {
  currency: 'usd',
  items: [
    { id: 'si_1', product: 'prod_1' },
    { id: 'si_2', product: 'prod_2' },
  ],
}

const coupon = { id: 'SPRING', duration: 'forever', percent_off: null, amount_off: null, currency: null }
const read = (changes: object, more: object = {}) =>
  toDiscounts([{ id: 'di_1', end: null, source: { coupon: { ...coupon, ...changes } }, ...more }], owner)

describe('the discounts of a subscription', () => {
  it.each([
    ['a percentage', { percent_off: 12.5 }, { percent: 12.5 }],
    ['an amount', { amount_off: 300, currency: 'usd' }, { amountMinor: 300 }],
    [
      'an amount in another currency, by what it is in this one',
      { amount_off: 300, currency: 'eur', currency_options: { usd: { amount_off: 350 } } },
      { amountMinor: 350 },
    ],
  ])('are %s', (_what, changes, off) => {
    expect(read(changes)).toEqual([{ off, endsAt: null, providerItemIds: null }])
  })

  it.each([
    ['is good for one invoice', { duration: 'once', percent_off: 50 }],
    ['is in a currency that the subscription is not in', { amount_off: 300, currency: 'eur' }],
  ])('are none where a coupon %s', (_what, changes) => {
    expect(read(changes)).toEqual([])
  })

  it('are limited to the items that sell what the coupon is for', () => {
    expect(read({ percent_off: 10, applies_to: { products: ['prod_2'] } })).toMatchObject([
      { providerItemIds: ['si_2'] },
    ])
  })

  it('are the coupon of the discount itself, before there was a source', () => {
    const inline = { id: 'di_1', end: 1771113600, coupon: { ...coupon, percent_off: 10 } }
    expect(toDiscounts([inline], owner)).toMatchObject([
      { off: { percent: 10 }, endsAt: new Date('2026-02-15T00:00:00Z') },
    ])
  })

  it('are none of which only the name is there', () => {
    const named = { id: 'di_1', end: null, source: { coupon: 'SPRING' } }
    expect(toDiscounts(['di_1', named, null, undefined], owner)).toEqual([])
  })
})
