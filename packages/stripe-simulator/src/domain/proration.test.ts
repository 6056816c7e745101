import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shareOf } from './proration.ts'

const january = { start: 1_767_225_600, end: 1_769_904_000 }
const half = (january.start + january.end) / 2

describe('a share of an amount', () => {
  it('is half at half time: 10 becomes 5, 20 becomes 10', () => {
    expect(shareOf(1000, january, half)).toBe(500)
    expect(shareOf(2000, january, half)).toBe(1000)
  })

  it('counts to the second', () => {
    expect(shareOf(2_678_400, january, january.start + 1)).toBe(2_678_399)
  })

  it('is everything at the start and nothing at the end', () => {
    expect(shareOf(999, january, january.start)).toBe(999)
    expect(shareOf(999, january, january.end)).toBe(0)
  })

  it('never grows as time passes, and stays within the amount', () => {
    const moment = fc.integer({ min: january.start, max: january.end })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999 }), moment, moment, (amount, a, b) => {
        const [earlier, later] = [shareOf(amount, january, Math.min(a, b)), shareOf(amount, january, Math.max(a, b))]
        expect(earlier).toBeGreaterThanOrEqual(later)
        expect(earlier).toBeLessThanOrEqual(amount)
        expect(Number.isSafeInteger(later)).toBe(true)
      }),
    )
  })
})
