import type { AutomaticTax } from '../../domain/objects/checkout.ts'
import type { LineDraft } from '../../domain/objects/invoice.ts'
import type { LineTax } from '../../domain/objects/tax.ts'
import type { World } from '../../world.ts'
import { type TaxPlace, taxAt } from './rates.ts'

interface Pricing {
  readonly price_details?: { readonly price: string }
}

const isInclusive = (world: World, line: LineDraft): boolean => {
  const price = (line.pricing as Pricing | null)?.price_details?.price
  return world.store.get('price', price ?? '')?.tax_behavior === 'inclusive'
}

const net = (line: LineDraft): number =>
  line.amount - line.discount_amounts.reduce((sum, { amount }) => sum + amount, 0)

/** Lines with the tax that is collected where the customer is. */
export const taxed = (world: World, lines: readonly LineDraft[], place: TaxPlace): LineDraft[] =>
  lines.map((line) => {
    const tax = taxAt(world, place, { amount: net(line), inclusive: isInclusive(world, line) })
    return tax ? { ...line, taxes: [tax] } : line
  })

const taxesOf = (line: LineDraft): readonly LineTax[] => (line.taxes ?? []) as readonly LineTax[]

const join = (a: LineTax, b: LineTax): LineTax => ({
  ...a,
  amount: a.amount + b.amount,
  taxable_amount: a.taxable_amount + b.taxable_amount,
})

/** Taxes with one entry a rate. */
export const joinTaxes = (taxes: readonly LineTax[]): LineTax[] => {
  const byRate = new Map<string, LineTax>()
  for (const tax of taxes) {
    const known = byRate.get(tax.tax_rate_details.tax_rate)
    byRate.set(tax.tax_rate_details.tax_rate, known ? join(known, tax) : tax)
  }
  return [...byRate.values()]
}

/** The taxes of all lines. */
export const totalTaxes = (lines: readonly LineDraft[]): LineTax[] => joinTaxes(lines.flatMap(taxesOf))

/** Automatic tax as sessions show it. */
export const taxStatusOf = (enabled: boolean, located: boolean): AutomaticTax => ({
  enabled,
  liability: enabled ? { type: 'self' } : null,
  provider: enabled ? 'stripe' : null,
  status: enabled ? knownStatus(located) : null,
})

const knownStatus = (located: boolean) => (located ? 'complete' : 'requires_location_inputs')

/** The same as an invoice shows it. */
export const automaticTax = (enabled: boolean, located: boolean) => ({
  disabled_reason: null,
  ...taxStatusOf(enabled, located),
})
