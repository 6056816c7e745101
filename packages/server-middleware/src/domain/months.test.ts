import { describe, expect, it } from 'vitest'
import { monthsAfter, monthsOf } from './months.ts'

const at = (date: string) => new Date(`${date}T09:30:00Z`)

describe('monthsAfter', () => {
  it.each([
    ['2026-01-15', 1, '2026-02-15'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2028-01-31', 1, '2028-02-29'],
    ['2026-01-31', 3, '2026-04-30'],
    ['2026-11-30', 3, '2027-02-28'],
    ['2026-03-31', -1, '2026-02-28'],
    ['2026-01-15', -2, '2025-11-15'],
    ['2028-02-29', 12, '2029-02-28'],
  ])('%s, %i on, is %s', (date, months, expected) => {
    expect(monthsAfter(at(date), months)).toEqual(at(expected))
  })
})

describe('monthsOf', () => {
  it('follow on each other, each from the day of the first where its month has it', () => {
    const months = monthsOf({ startsAt: at('2026-01-31'), endsAt: at('2027-01-31') }, 12)
    expect(months).toHaveLength(12)
    expect(months.slice(0, 3)).toEqual([
      { startsAt: at('2026-01-31'), endsAt: at('2026-02-28') },
      { startsAt: at('2026-02-28'), endsAt: at('2026-03-31') },
      { startsAt: at('2026-03-31'), endsAt: at('2026-04-30') },
    ])
    expect(months.at(-1)).toEqual({ startsAt: at('2026-12-31'), endsAt: at('2027-01-31') })
  })
})
