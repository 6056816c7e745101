import type { Period } from './objects/invoice.ts'
import { boundary, type Cadence } from './period.ts'

const within = (time: number, { start, end }: Period): number => Math.min(Math.max(time, start), end)

/** The share of an amount for a whole period that belongs to a part of it, to the second; halves go up. */
export const portionOf = (amount: number, part: Period, whole: Period): number => {
  const total = BigInt(whole.end - whole.start)
  const length = BigInt(within(part.end, whole) - within(part.start, whole))
  return total === 0n ? 0 : Number((2n * BigInt(amount) * length + total) / (2n * total))
}

/** The share of an amount that belongs to what is left of a period. */
export const shareOf = (amount: number, period: Period, from: number): number =>
  portionOf(amount, { start: from, end: period.end }, period)

/** What a time costs that does not fall into whole periods: counted from its own start. */
export const amountOver = (amount: number, { start, end }: Period, cadence: Cadence): number => {
  let periods = 0
  while (boundary(start, cadence, periods + 1) <= end) periods += 1
  const rest = { start: boundary(start, cadence, periods), end: boundary(start, cadence, periods + 1) }
  return periods * amount + portionOf(amount, { start: rest.start, end }, rest)
}
