import type { Coupon } from './objects/catalog.ts'

export interface Discountable {
  readonly amount: number
  readonly product: string
  readonly discountable: boolean
}

const appliesTo = (coupon: Coupon, line: Discountable): boolean =>
  line.discountable && line.amount > 0 && (coupon.$products?.includes(line.product) ?? true)

const totalOff = (coupon: Coupon, subtotal: number): number => {
  if (coupon.percent_off !== null) return Math.round((subtotal * Math.round(coupon.percent_off * 100)) / 10_000)
  return Math.min(coupon.amount_off ?? 0, subtotal)
}

/** What a coupon takes off each line: in proportion, the last line bears what rounding left. */
export const discountLines = (coupon: Coupon, lines: readonly Discountable[]): number[] => {
  const subtotal = lines.filter((line) => appliesTo(coupon, line)).reduce((sum, line) => sum + line.amount, 0)
  const off = totalOff(coupon, subtotal)
  let left = off
  let open = subtotal
  return lines.map((line) => {
    if (!appliesTo(coupon, line)) return 0
    const share = open === 0 ? 0 : Math.round((left * line.amount) / open)
    left -= share
    open -= line.amount
    return share
  })
}
