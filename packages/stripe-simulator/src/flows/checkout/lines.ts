import { couponIn } from '../../domain/currency-options.ts'
import { discountLines } from '../../domain/discount.ts'
import { invalidRequest, missingParam, notSimulated } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Coupon, Price } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { AdjustableQuantity, ShippingCost } from '../../domain/objects/checkout-parts.ts'
import { isMetered } from '../../domain/pricing.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'
import { createPrice, type PriceInput, priceAmount, soldIn } from '../prices.ts'
import { checkPrices, productName, quantityOf } from '../subscriptions/items.ts'
import { adjustable } from './adjustable.ts'

/** What a session sells in: its mode, and its currency where it names one. */
export interface SaleTerms {
  readonly mode: CheckoutSession['mode']
  readonly currency?: string | undefined
}

export interface LineInput {
  readonly adjustable_quantity?: Partial<AdjustableQuantity>
  readonly metadata?: MetadataInput
  readonly price?: string
  readonly price_data?: PriceInput
  readonly quantity?: number
  readonly tax_rates?: unknown
}

const priceOf = (world: World, line: LineInput, param: string): Price => {
  if (line.price_data) return createPrice(world, { ...line.price_data, active: false })
  if (line.price === undefined) throw missingParam(`${param}[price]`)
  const price = world.need('price', line.price, { param: `${param}[price]` })
  if (!price.active) {
    throw invalidRequest('The price specified is inactive. This field only accepts active prices.', {
      param: `${param}[price]`,
    })
  }
  return price
}

const lineQuantity = (price: Price, { quantity }: LineInput, param: string): number | null => {
  if (isMetered(price)) return quantityOf(price, quantity, param) ?? null
  if (quantity === undefined) throw missingParam(`${param}[quantity]`)
  if (quantity >= 1) return quantity
  throw invalidRequest('This value must be greater than or equal to 1.', { param: `${param}[quantity]` })
}

const refuseMultiple = ({ custom_unit_amount }: Price, quantity: number | null, param: string): void => {
  if (!custom_unit_amount || quantity === 1) return
  throw invalidRequest('The quantity of a price that the customer chooses must be 1.', { param: `${param}[quantity]` })
}

export const toItem = (
  world: World,
  line: LineInput,
  { param, currency }: { param: string; currency?: string | undefined },
) => {
  if (line.tax_rates !== undefined) throw notSimulated('tax rates of a Checkout Session', `${param}[tax_rates]`)
  const price = soldIn(priceOf(world, line, param), currency, `${param}[price]`)
  const quantity = lineQuantity(price, line, param)
  refuseMultiple(price, quantity, param)
  const amount = quantity === null ? 0 : (price.custom_unit_amount?.preset ?? priceAmount(world, price, quantity))
  return {
    ...world.blank('item'),
    id: world.ids.next('item'),
    object: 'item',
    adjustable_quantity: adjustable(line.adjustable_quantity),
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description: productName(world, price),
    metadata: mergeMetadata({}, line.metadata),
    price: render(price),
    quantity,
  } as CheckoutItem
}

const checkMode = (items: readonly CheckoutItem[], mode: CheckoutSession['mode']): void => {
  const recurring = items.filter((item) => item.price.recurring !== null)
  if (mode === 'payment' && recurring.length > 0) {
    throw invalidRequest(
      'You specified `payment` mode but passed a recurring price. Either switch to `subscription` mode or use only one-time prices.',
      { param: 'line_items' },
    )
  }
  if (mode === 'subscription' && recurring.length === 0) {
    throw invalidRequest(
      'You specified `subscription` mode but passed only one-time prices. Either switch to `payment` mode or use at least one recurring price.',
      { param: 'line_items' },
    )
  }
  if (mode === 'subscription') checkPrices(recurring.map((item) => item.price as unknown as Price))
}

/** A price that the customer chooses is bought alone, and once. */
const checkChosen = (items: readonly CheckoutItem[], mode: CheckoutSession['mode']): void => {
  if (items.every((item) => item.price.custom_unit_amount === null)) return
  if (mode === 'payment' && items.length === 1) return
  throw invalidRequest('A price with `custom_unit_amount` must be the only line item, in `payment` mode.', {
    param: 'line_items',
  })
}

/** One currency, and prices that fit the mode. */
export const checkItems = (items: readonly CheckoutItem[], mode: CheckoutSession['mode']): void => {
  if (items.length === 0) throw missingParam('line_items')
  if (items.some((item) => item.currency !== items[0]?.currency)) {
    throw invalidRequest('You cannot combine currencies on a single Checkout Session.', { param: 'line_items' })
  }
  checkMode(items, mode)
  checkChosen(items, mode)
}

/** The lines of a session, priced. */
export const sessionItems = (
  world: World,
  { mode, currency }: SaleTerms,
  lines: readonly LineInput[],
): CheckoutItem[] => {
  const items = lines.map((line, index) => toItem(world, line, { param: `line_items[${index}]`, currency }))
  checkItems(items, mode)
  return items
}

const isRecurring = (item: CheckoutItem): boolean => item.price.recurring !== null

/** During a trial nothing recurring is due. */
export const duringTrial = (items: readonly CheckoutItem[]): CheckoutItem[] =>
  items.map((item) => (isRecurring(item) ? { ...item, amount_subtotal: 0, amount_discount: 0, amount_total: 0 } : item))

export const discountItems = (items: readonly CheckoutItem[], coupon: Coupon | undefined): CheckoutItem[] => {
  const positions = items.map((item) => ({
    amount: item.amount_subtotal,
    product: String(item.price.product),
    discountable: true,
  }))
  const own = coupon && couponIn(coupon, items[0]?.currency ?? '')
  const off = own ? discountLines(own, positions) : []
  return items.map((item, index) => {
    const amount_discount = off[index] ?? 0
    return { ...item, amount_discount, amount_total: item.amount_subtotal - amount_discount }
  })
}

const sum = (
  items: readonly CheckoutItem[],
  field: 'amount_subtotal' | 'amount_discount' | 'amount_tax' | 'amount_total',
): number => items.reduce((total, item) => total + item[field], 0)

/** What a session shows of its lines, and of what delivering them costs. */
export const sessionTotals = (
  items: readonly CheckoutItem[],
  shipping: ShippingCost | null,
): Partial<CheckoutSession> => ({
  amount_subtotal: sum(items, 'amount_subtotal'),
  amount_total: sum(items, 'amount_total') + (shipping?.amount_total ?? 0),
  total_details: {
    amount_discount: sum(items, 'amount_discount'),
    amount_shipping: shipping?.amount_subtotal ?? 0,
    amount_tax: sum(items, 'amount_tax') + (shipping?.amount_tax ?? 0),
  },
  shipping_cost: shipping,
  $items: items,
})
