import type { CreditNote, CreditNoteLine, DiscountAmount } from '../../domain/objects/credit-note.ts'
import type { LineTax } from '../../domain/objects/tax.ts'
import { joinTaxes } from '../tax/invoice-tax.ts'

const sum = (values: readonly { readonly amount: number }[]): number =>
  values.reduce((total, { amount }) => total + amount, 0)

const byDiscount = (lines: readonly CreditNoteLine[]): DiscountAmount[] => {
  const amounts = new Map<string, number>()
  for (const { amount, discount } of lines.flatMap((line) => line.discount_amounts)) {
    amounts.set(discount, (amounts.get(discount) ?? 0) + amount)
  }
  return [...amounts].map(([discount, amount]) => ({ amount, discount }))
}

const taxIn = (taxes: readonly LineTax[], behavior: LineTax['tax_behavior']): number =>
  sum(taxes.filter(({ tax_behavior }) => tax_behavior === behavior))

/** What the lines of a credit note come to. */
export const creditTotals = (lines: readonly CreditNoteLine[]): Partial<CreditNote> & { readonly total: number } => {
  const subtotal = sum(lines)
  const discount_amounts = byDiscount(lines)
  const discount_amount = sum(discount_amounts)
  const total_taxes = joinTaxes(lines.flatMap(({ taxes }) => taxes))
  const inclusive = taxIn(total_taxes, 'inclusive')
  const total = subtotal - discount_amount + taxIn(total_taxes, 'exclusive')
  return {
    amount: total,
    discount_amount,
    discount_amounts,
    pretax_credit_amounts: discount_amounts.map((each) => ({ ...each, type: 'discount' })),
    subtotal,
    subtotal_excluding_tax: subtotal - inclusive,
    total,
    total_excluding_tax: subtotal - discount_amount - inclusive,
    total_taxes,
  }
}
