import { expect, it } from 'vitest'
import { formatDate } from './format-date.ts'

it('depends on the time zone that it is given, not on the machine’s', () => {
  const at = '2026-11-30T23:30:00.000Z'
  expect(formatDate({ at, locale: 'en-GB', timeZone: 'UTC' })).toBe('30 November 2026')
  expect(formatDate({ at, locale: 'de', timeZone: 'Europe/Berlin' })).toBe('1. Dezember 2026')
})
