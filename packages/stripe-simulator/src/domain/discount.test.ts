import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { discountLines } from './discount.ts'
import type { Coupon } from './objects/catalog.ts'

const coupon = (fields: Partial<Coupon>): Coupon =>
  ({ id: 'c', object: 'coupon', amount_off: null, percent_off: null, ...fields }) as Coupon

const line = (amount: number, product = 'prod_a') => ({ amount, product, discountable: true })

describe('a coupon', () => {
  it('takes its percentage off each line', () => {
    expect(discountLines(coupon({ percent_off: 25 }), [line(1000), line(2000)])).toEqual([250, 500])
  })

  it('never takes more than there is', () => {
    expect(discountLines(coupon({ amount_off: 5000 }), [line(1000), line(500)])).toEqual([1000, 500])
  })

  it('leaves credits and products it is not for alone', () => {
    const only = coupon({ percent_off: 50, $products: ['prod_b'] })
    expect(discountLines(only, [line(1000), line(1000, 'prod_b'), line(-400, 'prod_b')])).toEqual([0, 500, 0])
  })

  it('shares an amount without losing or inventing a cent', () => {
    const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 1_000_000 }), (lines, off) => {
        const shares = discountLines(
          coupon({ amount_off: off }),
          lines.map((amount) => line(amount)),
        )
        const total = lines.reduce((sum, amount) => sum + amount, 0)
        expect(shares.reduce((sum, share) => sum + share, 0)).toBe(Math.min(off, total))
        expect(shares.every((share, index) => share >= 0 && share <= (lines[index] ?? 0))).toBe(true)
      }),
    )
  })
})
