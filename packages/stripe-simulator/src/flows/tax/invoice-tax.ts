import { creditedOn, netOf } from '../../domain/credits.ts'
import type { AutomaticTax } from '../../domain/objects/checkout.ts'
import type { Invoice, InvoiceLine, LineDraft } from '../../domain/objects/invoice.ts'
import type { LineTax } from '../../domain/objects/tax.ts'
import type { World } from '../../world.ts'
import { placeOf, type TaxPlace, taxAt } from './rates.ts'

interface Pricing {
  readonly price_details?: { readonly price: string }
}

const isInclusive = (world: World, line: LineDraft): boolean => {
  const price = (line.pricing as Pricing | null)?.price_details?.price
  return world.store.get('price', price ?? '')?.tax_behavior === 'inclusive'
}

/** Lines with the tax that is collected where the customer is. */
export const taxed = <L extends LineDraft>(world: World, lines: readonly L[], place: TaxPlace): L[] =>
  lines.map((line) => {
    const tax = taxAt(world, place, { amount: netOf(line), inclusive: isInclusive(world, line) })
    return tax ? { ...line, taxes: [tax] } : line
  })

/** The same once credits have lowered what is taxed. */
export const retaxed = (world: World, invoice: Invoice, lines: readonly InvoiceLine[]): readonly InvoiceLine[] => {
  if ((invoice.automatic_tax as AutomaticTax | null)?.enabled !== true) return lines
  const place = placeOf(world.need('customer', invoice.customer))
  return lines.map((line) => (creditedOn(line) > 0 ? (taxed(world, [line], place)[0] ?? line) : line))
}

const taxesOf = (line: LineDraft): readonly LineTax[] => (line.taxes ?? []) as readonly LineTax[]

const join = (a: LineTax, b: LineTax): LineTax => ({
  ...a,
  amount: a.amount + b.amount,
  taxable_amount: a.taxable_amount + b.taxable_amount,
})

/** The taxes of all lines, one entry a rate. */
export const totalTaxes = (lines: readonly LineDraft[]): LineTax[] => {
  const byRate = new Map<string, LineTax>()
  for (const tax of lines.flatMap(taxesOf)) {
    const known = byRate.get(tax.tax_rate_details.tax_rate)
    byRate.set(tax.tax_rate_details.tax_rate, known ? join(known, tax) : tax)
  }
  return [...byRate.values()]
}

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
