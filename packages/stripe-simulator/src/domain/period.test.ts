import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { boundary, periodAt } from './period.ts'

const at = (text: string): number => Date.parse(text) / 1000
const monthly = { interval: 'month', interval_count: 1 } as const
const yearly = { interval: 'year', interval_count: 1 } as const

describe('a billing period', () => {
  it('clamps to the end of short months and comes back to the anchor’s day', () => {
    const anchor = at('2026-01-31T10:00:00Z')
    expect(boundary(anchor, monthly, 1)).toBe(at('2026-02-28T10:00:00Z'))
    expect(boundary(anchor, monthly, 2)).toBe(at('2026-03-31T10:00:00Z'))
    expect(boundary(anchor, monthly, 3)).toBe(at('2026-04-30T10:00:00Z'))
  })

  it('finds 29 February in leap years only', () => {
    const anchor = at('2028-02-29T00:00:00Z')
    expect(boundary(anchor, yearly, 1)).toBe(at('2029-02-28T00:00:00Z'))
    expect(boundary(anchor, yearly, 4)).toBe(at('2032-02-29T00:00:00Z'))
  })

  it('counts days and weeks in seconds', () => {
    expect(boundary(1000, { interval: 'day', interval_count: 2 }, 3)).toBe(1000 + 6 * 86_400)
    expect(boundary(1000, { interval: 'week', interval_count: 1 }, 2)).toBe(1000 + 14 * 86_400)
  })

  it('contains the moment it was asked for, whatever the anchor and rhythm', () => {
    const cadence = fc.record({
      interval: fc.constantFrom('day', 'week', 'month', 'year'),
      interval_count: fc.integer({ min: 1, max: 3 }),
    })
    const moment = fc.integer({ min: 0, max: 20 * 366 * 86_400 })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2_000_000_000 }), cadence, moment, (anchor, rhythm, later) => {
        const { start, end } = periodAt(anchor, rhythm, anchor + later)
        expect(start).toBeLessThanOrEqual(anchor + later)
        expect(end).toBeGreaterThan(anchor + later)
      }),
    )
  })
})
