import type { Customer } from '../../domain/objects/customer.ts'
import type { LineTax, TaxRate } from '../../domain/objects/tax.ts'
import { lineTax, type TaxAddress, taxOn, taxRuleFor } from '../../domain/tax.ts'
import type { World } from '../../world.ts'

/** Where something is sold to, as far as tax is concerned. */
export interface TaxPlace {
  readonly address: TaxAddress | null
  readonly exempt: string
}

export const placeOf = (customer: Customer): TaxPlace => ({
  address: (customer.address ?? null) as TaxAddress | null,
  exempt: String(customer.tax_exempt ?? 'none'),
})

export const isKnown = ({ address }: TaxPlace): boolean => Boolean(address?.country)

/** The rate that is collected at a place; Stripe makes one at its first use. */
const rateAt = (world: World, address: TaxAddress, inclusive: boolean): TaxRate | undefined => {
  const rule = taxRuleFor(address)
  if (!rule) return undefined
  const known = world.store
    .all('tax_rate')
    .filter((rate) => rate.$automatic === true && rate.inclusive === inclusive)
    .find((rate) => rate.country === rule.country && rate.state === rule.state)
  if (known) return known
  return world.insert('tax_rate', {
    active: false,
    country: rule.country,
    display_name: rule.name,
    effective_percentage: rule.percentage,
    inclusive,
    jurisdiction: rule.state ?? rule.country,
    jurisdiction_level: rule.state === null ? 'country' : 'state',
    metadata: {},
    percentage: rule.percentage,
    rate_type: 'percentage',
    state: rule.state,
    tax_type: rule.type,
    $automatic: true,
  })
}

const reasons = { exempt: 'customer_exempt', reverse: 'reverse_charge' } as const

/** Why nothing is collected of a customer who owes no tax; undefined for one who does. */
export const exemption = ({ exempt }: TaxPlace): string | undefined => reasons[exempt as keyof typeof reasons]

export interface Taxable {
  /** After discounts. */
  readonly amount: number
  readonly inclusive: boolean
}

/** The tax that belongs to an amount; undefined where none is collected. */
export const taxAt = (world: World, place: TaxPlace, { amount, inclusive }: Taxable): LineTax | undefined => {
  const rate = place.address ? rateAt(world, place.address, inclusive) : undefined
  if (!rate) return undefined
  const reason = exemption(place)
  const tax = reason === undefined ? taxOn(amount, rate.percentage, inclusive) : 0
  return lineTax(rate, { amount: tax, taxable: inclusive ? amount - tax : amount, reason: reason ?? 'standard_rated' })
}
