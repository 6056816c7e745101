import type { Interval, Recurring } from './objects/catalog.ts'
import type { Period } from './objects/invoice.ts'

const fixed: Readonly<Partial<Record<Interval, number>>> = { day: 86_400, week: 7 * 86_400 }

const monthsAfter = (anchor: number, months: number, dayOfMonth: number | undefined): number => {
  const date = new Date(anchor * 1000)
  const year = date.getUTCFullYear()
  const month = date.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const day = Math.min(dayOfMonth ?? date.getUTCDate(), lastDay)
  const midnight = Date.UTC(year, month, day) / 1000
  return midnight + (anchor % 86_400)
}

export interface Cadence extends Pick<Recurring, 'interval' | 'interval_count'> {
  /** The day that is meant where the anchor's own month is too short for it. */
  readonly day_of_month?: number | undefined
}

/**
 * The end of the n-th period after an anchor. Always counted from the anchor, so that the 31st comes back after a
 * February: 31 January, 28 February, 31 March.
 */
export const boundary = (anchor: number, cadence: Cadence, n: number): number => {
  const { interval, interval_count, day_of_month } = cadence
  const length = fixed[interval]
  if (length !== undefined) return anchor + n * interval_count * length
  return monthsAfter(anchor, n * interval_count * (interval === 'year' ? 12 : 1), day_of_month)
}

const longestStep = ({ interval, interval_count }: Cadence): number =>
  interval_count * (fixed[interval] ?? (interval === 'year' ? 366 : 31) * 86_400)

/** The period of a cadence that a moment falls into. */
export const periodAt = (anchor: number, cadence: Cadence, time: number): Period => {
  let n = Math.floor((time - anchor) / longestStep(cadence))
  while (boundary(anchor, cadence, n) > time) n -= 1
  while (boundary(anchor, cadence, n + 1) <= time) n += 1
  return { start: boundary(anchor, cadence, n), end: boundary(anchor, cadence, n + 1) }
}

export const sameCadence = (a: Cadence, b: Cadence): boolean =>
  a.interval === b.interval && a.interval_count === b.interval_count
