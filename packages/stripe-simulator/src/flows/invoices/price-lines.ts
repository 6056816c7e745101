import { pretaxCreditsOf } from '../../domain/credits.ts'
import { amountDue } from '../../domain/currency.ts'
import { previousAttributes } from '../../domain/difference.ts'
import type { Invoice, InvoiceLine, LineDraft } from '../../domain/objects/invoice.ts'
import type { World } from '../../world.ts'
import { balanceIn } from '../balance.ts'
import { type TaxTerms, taxed } from '../tax/invoice-tax.ts'
import { placeOf } from '../tax/rates.ts'
import { discounted, totalsOf } from './totals.ts'

export interface LineTerms {
  readonly discounts: readonly string[]
  readonly tax: TaxTerms
}

const undiscounted = (line: LineDraft): LineDraft => ({
  ...line,
  discount_amounts: [],
  pretax_credit_amounts: pretaxCreditsOf(line).filter(({ type }) => type !== 'discount'),
})

const ownDiscounts = (world: World, line: LineDraft): LineDraft[] =>
  discounted(world, [undiscounted(line)], line.discounts)

/** Lines with discounts and taxes: first each line's own discounts, then the invoice's over all of them. */
export const pricedLines = <L extends LineDraft>(world: World, lines: readonly L[], terms: LineTerms): L[] => {
  const own = lines.flatMap((line) => ownDiscounts(world, line))
  return taxed(world, discounted(world, own, terms.discounts), terms.tax) as L[]
}

export const moneyOf = (total: number, due: number) => ({
  total,
  amount_due: due,
  amount_paid: 0,
  amount_remaining: due,
})

export const taxTermsOf = (world: World, invoice: Invoice): TaxTerms => ({
  place: placeOf(world.need('customer', invoice.customer)),
  automatic: invoice.automatic_tax.enabled,
  rates: invoice.default_tax_rates,
  ofLines: invoice.$lineTaxes ?? {},
})

/** A draft after a change to it or its lines: all its amounts follow. */
export const recalculate = (world: World, draft: Invoice, changes: Partial<Invoice> = {}): Invoice => {
  const next = { ...draft, ...changes }
  const terms = { discounts: next.discounts, tax: taxTermsOf(world, next) }
  const data: InvoiceLine[] = pricedLines(world, next.lines.data, terms)
  const { total, ...sums } = totalsOf(data)
  const balance = balanceIn(world.need('customer', next.customer), next.currency)
  const money = moneyOf(total, amountDue(total + balance, next.currency))
  const lines = { ...next.lines, data }
  return world.update(draft, { ...changes, ...sums, ...money, lines, starting_balance: balance })
}

/** A draft with other lines than before. */
export const withLines = (world: World, draft: Invoice, data: readonly InvoiceLine[]): Invoice =>
  recalculate(world, draft, { lines: { ...draft.lines, data } })

/** However much of an invoice is changed, the world is told once. */
export const toldOnce = <T>(world: World, id: string | null | undefined, work: () => T): T => {
  const before = world.store.get('invoice', id ?? '')
  const result = work()
  const after = before && world.store.get('invoice', before.id)
  const previous = after && previousAttributes(before, after)
  if (previous) world.emit('invoice.updated', after, previous)
  return result
}
