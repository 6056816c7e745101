import { checkCurrency } from '../../domain/currency.ts'
import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { pricingOf } from '../../domain/invoice-line.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { InvoiceItem, Pricing } from '../../domain/objects/invoice.ts'
import { amountAt } from '../../domain/pricing.ts'
import type { World } from '../../world.ts'
import { createPrice, type PriceInput, priceAmount } from '../prices.ts'
import type { Named } from './named.ts'

export interface PositionPrice extends Omit<PriceInput, 'recurring'> {
  readonly currency: string
}

/** The ways to say what a position costs. */
export interface PositionInput {
  readonly amount?: number
  readonly currency?: string
  readonly price_data?: PositionPrice
  readonly pricing?: { readonly price?: string }
  readonly quantity?: number
  readonly unit_amount_decimal?: string
}

/** What a position costs, worked out. */
export type Position = Pick<
  InvoiceItem,
  'amount' | 'currency' | 'description' | 'pricing' | 'quantity' | 'quantity_decimal'
>

/** Where a position is asked for: how its parameters are named, and the currency that it must be in, if one is given. */
export interface Asked {
  readonly param: Named
  readonly currency?: string | undefined
}

const ways = ['amount', 'price_data', 'pricing', 'unit_amount_decimal'] as const

const onlyWay = (input: PositionInput, { param }: Asked): (typeof ways)[number] | undefined => {
  const [first, second] = ways.filter((way) => input[way] !== undefined)
  if (first === undefined || second === undefined) return first
  throw invalidRequest(`You may only specify one of these parameters: ${first}, ${second}.`, { param: param(second) })
}

const oneTimePrice = (world: World, id: string, param: string): Price => {
  const price = world.need('price', id, { param })
  if (price.recurring) {
    throw invalidRequest(
      'The price specified is set to `type=recurring` but this field only accepts prices with `type=one_time`.',
      { param },
    )
  }
  if (price.active) return price
  throw invalidRequest('The price specified is inactive. This field only accepts active prices.', { param })
}

const priceOf = (world: World, { price_data, pricing }: PositionInput, { param }: Asked): Price => {
  if (price_data) return createPrice(world, { ...price_data, active: false })
  const id = pricing?.price
  if (id === undefined) throw missingParam(param('pricing[price]'))
  return oneTimePrice(world, id, param('pricing[price]'))
}

const currencyOf = (input: PositionInput, { param, currency }: Asked): string => {
  const given = input.currency ?? currency
  if (given === undefined) throw missingParam(param('currency'))
  return checkCurrency(given, param('currency'))
}

const counted = (quantity: number): Pick<Position, 'quantity' | 'quantity_decimal'> => ({
  quantity,
  quantity_decimal: String(quantity),
})

const ofPrice = (world: World, input: PositionInput, asked: Asked): Position => {
  const price = priceOf(world, input, asked)
  const quantity = input.quantity ?? 1
  return {
    amount: priceAmount(world, price, quantity),
    currency: price.currency,
    description: world.store.get('product', price.product)?.name ?? null,
    pricing: pricingOf(price),
    ...counted(quantity),
  }
}

const eachAt = (unit_amount_decimal: string): Pricing => ({ type: 'price_details', unit_amount_decimal })

const decimal = /^-?\d+(\.\d{1,12})?$/

const ofUnits = (each: string, input: PositionInput, asked: Asked): Position => {
  if (!decimal.test(each)) {
    throw invalidRequest(`Invalid decimal: ${each}; must contain at maximum 12 decimal places.`, {
      param: asked.param('unit_amount_decimal'),
    })
  }
  const quantity = input.quantity ?? 1
  const currency = currencyOf(input, asked)
  return { amount: amountAt(each, quantity), currency, description: null, pricing: eachAt(each), ...counted(quantity) }
}

const ofAmount = (amount: number, input: PositionInput, asked: Asked): Position => {
  if (input.quantity !== undefined) {
    throw invalidRequest('You may only specify one of these parameters: amount, quantity.', {
      param: asked.param('quantity'),
    })
  }
  const currency = currencyOf(input, asked)
  return { amount, currency, description: null, pricing: eachAt(String(amount)), ...counted(1) }
}

const positionOf = (world: World, input: PositionInput, asked: Asked): Position => {
  const way = onlyWay(input, asked)
  if (way === 'amount') return ofAmount(input.amount ?? 0, input, asked)
  if (way === 'unit_amount_decimal') return ofUnits(input.unit_amount_decimal ?? '', input, asked)
  if (way === undefined) throw missingParam(asked.param('amount'))
  return ofPrice(world, input, asked)
}

/** What a request asks to be paid for a position. */
export const askedPosition = (world: World, input: PositionInput, asked: Asked): Position => {
  if (input.quantity !== undefined && input.quantity < 0) {
    throw invalidRequest('Invalid non-negative integer', {
      code: 'parameter_invalid_integer',
      param: asked.param('quantity'),
    })
  }
  const position = positionOf(world, input, asked)
  const wanted = input.currency?.toLowerCase() ?? asked.currency
  if (wanted === undefined || (position.currency === wanted && position.currency === (asked.currency ?? wanted))) {
    return position
  }
  throw invalidRequest(
    `The currency of this position (${position.currency}) must be the currency it is billed in (${asked.currency ?? wanted}).`,
    { param: asked.param('currency') },
  )
}

/** The same position in another quantity. */
export const requantified = (world: World, item: InvoiceItem, quantity: number): Partial<Position> => {
  const price = world.store.get('price', item.pricing?.price_details?.price ?? '')
  const each = item.pricing?.unit_amount_decimal ?? '0'
  return {
    amount: price ? priceAmount(world, price, quantity) : amountAt(each, quantity),
    ...counted(quantity),
  }
}
