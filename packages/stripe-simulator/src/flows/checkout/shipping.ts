import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { ShippingCost, ShippingOption, ShippingRate } from '../../domain/objects/checkout-parts.ts'
import type { World } from '../../world.ts'

interface Bound {
  readonly unit: string
  readonly value: number
}

interface RateInput {
  readonly delivery_estimate?: { readonly maximum?: Bound; readonly minimum?: Bound }
  readonly display_name: string
  readonly fixed_amount?: { readonly amount: number; readonly currency: string }
  readonly metadata?: MetadataInput
  readonly tax_behavior?: ShippingRate['tax_behavior']
  readonly type?: 'fixed_amount'
}

export interface ShippingInput {
  readonly shipping_rate?: string
  readonly shipping_rate_data?: RateInput
}

const estimateOf = ({ delivery_estimate: given }: RateInput): ShippingRate['delivery_estimate'] =>
  given ? { maximum: given.maximum ?? null, minimum: given.minimum ?? null } : null

const createRate = (world: World, input: RateInput, param: string): ShippingRate => {
  if (!input.fixed_amount) throw missingParam(`${param}[fixed_amount]`)
  const { amount, currency } = input.fixed_amount
  if (amount < 0) throw invalidRequest('Invalid non-negative integer', { param: `${param}[fixed_amount][amount]` })
  return world.insert('shipping_rate', {
    active: true,
    delivery_estimate: estimateOf(input),
    display_name: input.display_name,
    fixed_amount: { amount, currency: currency.toLowerCase() },
    metadata: mergeMetadata({}, input.metadata),
    tax_behavior: input.tax_behavior ?? 'unspecified',
    tax_code: null,
    type: 'fixed_amount',
  })
}

const rateOf = (world: World, { shipping_rate, shipping_rate_data }: ShippingInput, param: string): ShippingRate => {
  if (shipping_rate_data) return createRate(world, shipping_rate_data, `${param}[shipping_rate_data]`)
  return world.need('shipping_rate', shipping_rate ?? '', { param: `${param}[shipping_rate]` })
}

const mostOptions = 5

/** The ways of delivery that a session offers. */
export const shippingOptions = (
  world: World,
  given: readonly ShippingInput[],
  currency: string | null,
): ShippingOption[] => {
  if (given.length > mostOptions) {
    throw invalidRequest('You can only pass up to 5 `shipping_options`.', { param: 'shipping_options' })
  }
  const rates = given.map((option, index) => rateOf(world, option, `shipping_options[${index}]`))
  if (rates.some((rate) => rate.fixed_amount.currency !== currency)) {
    throw invalidRequest('The currency of each shipping rate must match the currency of the Checkout Session.', {
      param: 'shipping_options',
    })
  }
  return rates.map((rate) => ({ shipping_amount: rate.fixed_amount.amount, shipping_rate: rate.id }))
}

/** What delivery costs by one of the options. */
export const shippingCost = ({ shipping_amount, shipping_rate }: ShippingOption): ShippingCost => ({
  amount_subtotal: shipping_amount,
  amount_tax: 0,
  amount_total: shipping_amount,
  shipping_rate,
})
