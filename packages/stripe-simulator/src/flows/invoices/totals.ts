import { creditedOn, type PretaxCredit, pretaxCreditsOf } from '../../domain/credits.ts'
import { couponIn } from '../../domain/currency-options.ts'
import { discountLines } from '../../domain/discount.ts'
import type { Discount } from '../../domain/objects/catalog.ts'
import type { LineDraft } from '../../domain/objects/invoice.ts'
import type { LineTax } from '../../domain/objects/tax.ts'
import type { World } from '../../world.ts'
import { totalTaxes } from '../tax/invoice-tax.ts'

const productOf = (line: LineDraft): string => line.pricing?.price_details?.product ?? ''

const takenOff = (line: LineDraft): number => line.discount_amounts.reduce((sum, { amount }) => sum + amount, 0)

const applyDiscount = (world: World, lines: readonly LineDraft[], discount: Discount): LineDraft[] => {
  const coupon = couponIn(world.need('coupon', discount.source.coupon), lines[0]?.currency ?? '')
  if (!coupon) return [...lines]
  const positions = lines.map((line) => ({
    amount: line.amount - takenOff(line),
    product: productOf(line),
    discountable: line.discountable,
  }))
  const amounts = discountLines(coupon, positions)
  return lines.map((line, index) => {
    const amount = amounts[index] ?? 0
    if (amount === 0) return line
    const taken = { amount, discount: discount.id }
    return {
      ...line,
      discount_amounts: [...line.discount_amounts, taken],
      pretax_credit_amounts: [...pretaxCreditsOf(line), { ...taken, type: 'discount' }],
    }
  })
}

/** Lines with their share of each discount, one discount after the other. */
export const discounted = (world: World, lines: readonly LineDraft[], discounts: readonly string[]): LineDraft[] =>
  discounts.reduce<LineDraft[]>((current, id) => applyDiscount(world, current, world.need('discount', id)), [...lines])

export interface Totals {
  readonly subtotal: number
  readonly total: number
  readonly total_excluding_tax: number
  readonly subtotal_excluding_tax: number
  readonly total_taxes: LineTax[]
  readonly total_pretax_credit_amounts: readonly PretaxCredit[]
  readonly total_discount_amounts: { readonly amount: number; readonly discount: string }[]
}

const taxSum = (taxes: readonly LineTax[], behavior: LineTax['tax_behavior']): number =>
  taxes.filter(({ tax_behavior }) => tax_behavior === behavior).reduce((sum, { amount }) => sum + amount, 0)

/** A discount's share of all lines as one; each use of credits by itself. */
const totalPretaxCredits = (
  lines: readonly LineDraft[],
  discounts: Totals['total_discount_amounts'],
): readonly PretaxCredit[] => [
  ...discounts.map((each) => ({ ...each, type: 'discount' as const })),
  ...lines.flatMap(pretaxCreditsOf).filter(({ type }) => type !== 'discount'),
]

export const totalsOf = (lines: readonly LineDraft[]): Totals => {
  const subtotal = lines.reduce((sum, line) => sum + line.amount, 0)
  const byDiscount = new Map<string, number>()
  for (const { amount, discount } of lines.flatMap((line) => line.discount_amounts)) {
    byDiscount.set(discount, (byDiscount.get(discount) ?? 0) + amount)
  }
  const off = [...byDiscount.values()].reduce((sum, amount) => sum + amount, 0)
  const amounts = [...byDiscount].map(([discount, amount]) => ({ amount, discount }))
  const total_taxes = totalTaxes(lines)
  const inclusive = taxSum(total_taxes, 'inclusive')
  const credits = lines.reduce((sum, line) => sum + creditedOn(line), 0)
  const net = subtotal - off - credits - inclusive
  return {
    subtotal,
    subtotal_excluding_tax: subtotal - inclusive,
    total: subtotal - off - credits + taxSum(total_taxes, 'exclusive'),
    total_excluding_tax: net,
    total_discount_amounts: amounts,
    total_pretax_credit_amounts: totalPretaxCredits(lines, amounts),
    total_taxes,
  }
}
