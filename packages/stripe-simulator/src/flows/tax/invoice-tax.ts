import { netOf } from '../../domain/credits.ts'
import { invalidRequest } from '../../domain/failure.ts'
import type { AutomaticTax } from '../../domain/objects/checkout.ts'
import type { Customer } from '../../domain/objects/customer.ts'
import type { InvoiceItem, LineDraft, LineTaxTerms } from '../../domain/objects/invoice.ts'
import type { LineTax, TaxRate } from '../../domain/objects/tax.ts'
import type { World } from '../../world.ts'
import { taxesByRates } from './manual-tax.ts'
import { isKnown, placeOf, type TaxPlace, taxAt } from './rates.ts'

const itemOf = (world: World, line: LineDraft): InvoiceItem | undefined =>
  world.store.get('invoiceitem', line.parent.invoice_item_details?.invoice_item ?? '')

const isInclusive = (world: World, line: LineDraft): boolean => {
  const price = world.store.get('price', line.pricing?.price_details?.price ?? '')
  return itemOf(world, line)?.$inclusive ?? price?.tax_behavior === 'inclusive'
}

export interface TaxTerms {
  readonly place: TaxPlace
  /** Whether tax is worked out by where the customer is, where nobody said otherwise. */
  readonly automatic: boolean
  /** The rates of lines that have none of their own. */
  readonly rates: readonly TaxRate[]
  /** Terms of single lines, by id. */
  readonly ofLines: Readonly<Record<string, LineTaxTerms>>
}

const ratesFor = (world: World, line: LineDraft, given: readonly string[] | undefined): readonly TaxRate[] =>
  given?.map((id) => world.need('tax_rate', id)) ?? itemOf(world, line)?.tax_rates ?? []

const taxesFor = (world: World, line: LineDraft, terms: TaxTerms): readonly LineTax[] => {
  const own = terms.ofLines[String(line.id)] ?? {}
  if (own.amounts) return own.amounts
  const rates = ratesFor(world, line, own.rates)
  const chosen = rates.length > 0 ? rates : terms.rates
  if (chosen.length > 0) return taxesByRates(netOf(line), chosen, terms.place)
  const tax = terms.automatic
    ? taxAt(world, terms.place, { amount: netOf(line), inclusive: isInclusive(world, line) })
    : undefined
  return tax ? [tax] : []
}

/** Lines with their taxes: by rates that somebody chose, or by where the customer is. */
export const taxed = (world: World, lines: readonly LineDraft[], terms: TaxTerms): LineDraft[] =>
  lines.map((line) => ({ ...line, taxes: taxesFor(world, line, terms) }))

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

/** Nobody knows the tax of a customer without an address. */
export const refuseUnlocated = (customer: Customer): void => {
  if (isKnown(placeOf(customer))) return
  throw invalidRequest(
    "The customer's location isn't recognized. Set a valid customer address in order to automatically calculate tax.",
    { code: 'customer_tax_location_invalid', param: 'automatic_tax[enabled]' },
  )
}
