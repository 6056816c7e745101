import type { Advance } from '../clock.ts'

const spoken = /^(\d+) (second|minute|hour|day|week|month|year)s?$/

const inMonths: Readonly<Record<string, number>> = { month: 1, year: 12 }

/** `'1 month'`, `'3 days'`, `'2 hours'` as the clock takes it. */
export const parseDuration = (text: string): Advance => {
  const [, count, unit = ''] = spoken.exec(text.trim()) ?? []
  if (count === undefined) {
    throw new RangeError(`"${text}" is no duration. Write a whole number and a unit: '3 days', '1 month', '2 hours'.`)
  }
  const months = inMonths[unit]
  if (months !== undefined) return { months: Number(count) * months }
  return unit === 'week' ? { days: Number(count) * 7 } : { [`${unit}s`]: Number(count) }
}
