import type { Period } from './objects/invoice.ts'

/** The share of an amount that belongs to what is left of a period, to the second; halves go up. */
export const shareOf = (amount: number, period: Period, from: number): number => {
  const total = BigInt(period.end - period.start)
  const left = BigInt(period.end - Math.min(Math.max(from, period.start), period.end))
  return total === 0n ? 0 : Number((2n * BigInt(amount) * left + total) / (2n * total))
}
