import { describe, expect, it } from 'vitest'
import { parseDuration } from './duration.ts'

describe('a duration', () => {
  it.each([
    ['1 month', { months: 1 }],
    ['3 days', { days: 3 }],
    ['2 hours', { hours: 2 }],
    ['90 seconds', { seconds: 90 }],
    ['1 week', { days: 7 }],
    ['2 years', { months: 24 }],
  ])('reads %s', (text, advance) => {
    expect(parseDuration(text)).toEqual(advance)
  })

  it.each(['month', '1.5 days', '-1 day', '3 fortnights', ''])('refuses "%s" and says what to write', (text) => {
    expect(() => parseDuration(text)).toThrow("Write a whole number and a unit: '3 days'")
  })
})
