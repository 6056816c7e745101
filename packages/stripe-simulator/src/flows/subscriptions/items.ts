import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { type MetadataInput, mergeMetadata } from '../../domain/metadata.ts'
import type { Interval, Price, Recurring } from '../../domain/objects/catalog.ts'
import type { Period } from '../../domain/objects/invoice.ts'
import type { Subscription, SubscriptionItem } from '../../domain/objects/subscription.ts'
import { sameCadence } from '../../domain/period.ts'
import { planOf } from '../../domain/plan.ts'
import { isMetered } from '../../domain/pricing.ts'
import { render } from '../../domain/render.ts'
import type { World } from '../../world.ts'
import { createPrice } from '../prices.ts'

export interface ItemInput {
  readonly id?: string
  readonly clear_usage?: boolean
  readonly deleted?: boolean
  readonly metadata?: MetadataInput
  readonly price?: string
  readonly price_data?: {
    readonly currency: string
    readonly product: string
    readonly recurring: { readonly interval: Interval; readonly interval_count?: number }
    readonly unit_amount?: number
    readonly unit_amount_decimal?: string
  }
  readonly quantity?: number
}

/** What an entry of `items` may say; Stripe has more. */
export const servedOfItems = ['clear_usage', 'deleted', 'id', 'metadata', 'price', 'price_data', 'quantity']

export const cadenceOf = (price: Price): Recurring => {
  if (price.recurring) return price.recurring
  throw new TypeError(`${price.id} is not recurring`)
}

/** The price of a position, checked to be one that can recur. */
export const recurringPrice = (world: World, input: ItemInput, param: string): Price => {
  if (input.price_data) return createPrice(world, { ...input.price_data, active: false })
  if (input.price === undefined) throw missingParam(`${param}[price]`)
  const price = world.need('price', input.price, { param: `${param}[price]` })
  if (!price.recurring) {
    throw invalidRequest(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      { param: `${param}[price]` },
    )
  }
  if (!price.active) {
    throw invalidRequest('The price specified is inactive. This field only accepts active prices.', {
      param: `${param}[price]`,
    })
  }
  return price
}

/** One subscription bills in one currency and one rhythm, each price once. */
export const checkPrices = (prices: readonly Price[]): void => {
  const [first] = prices
  if (!first) throw missingParam('items')
  if (prices.some((price) => price.currency !== first.currency)) {
    throw invalidRequest('All prices on a subscription must have the same `currency`.', { param: 'items' })
  }
  if (prices.some((price) => !sameCadence(cadenceOf(price), cadenceOf(first)))) {
    throw invalidRequest(
      'Currently, all prices on a subscription must have the same `recurring.interval` and `recurring.interval_count`.',
      { param: 'items' },
    )
  }
  if (new Set(prices.map((price) => price.id)).size < prices.length) {
    throw invalidRequest('Cannot add multiple subscription items with the same price.', { param: 'items' })
  }
}

/** How many are sold; undefined where a meter counts. */
export const quantityOf = (price: Price, given: number | undefined, param: string): number | undefined => {
  if (!isMetered(price)) return given ?? 1
  if (given === undefined) return undefined
  throw invalidRequest('You cannot set the quantity for metered plans.', { param: `${param}[quantity]` })
}

const counted = (quantity: number | undefined): Pick<SubscriptionItem, 'quantity'> =>
  quantity === undefined ? {} : { quantity }

export const createItem = (
  world: World,
  subscription: string,
  fields: { price: Price; quantity: number | undefined; metadata?: MetadataInput; period: Period },
): SubscriptionItem =>
  ({
    ...world.blank('subscription_item'),
    id: world.ids.next('subscription_item'),
    object: 'subscription_item',
    created: world.now(),
    current_period_start: fields.period.start,
    current_period_end: fields.period.end,
    metadata: mergeMetadata({}, fields.metadata),
    plan: planOf(fields.price),
    price: render(fields.price),
    ...counted(fields.quantity),
    subscription,
    tax_rates: [],
  }) as SubscriptionItem

export const withPrice = (item: SubscriptionItem, price: Price, given: number | undefined): SubscriptionItem => {
  const { quantity: _quantity, ...rest } = item
  return { ...rest, plan: planOf(price), price: render(price), ...counted(given) } as SubscriptionItem
}

export const itemList = (subscription: string, data: readonly SubscriptionItem[]): Subscription['items'] => ({
  object: 'list',
  data,
  has_more: false,
  url: `/v1/subscription_items?subscription=${subscription}`,
})

export const withPeriod = (subscription: Subscription, period: Period): Subscription['items'] =>
  itemList(
    subscription.id,
    subscription.items.data.map((item) => ({
      ...item,
      current_period_start: period.start,
      current_period_end: period.end,
    })),
  )

/** The one period that the items of a subscription share. */
export const periodOf = (subscription: Subscription): Period => {
  const [first] = subscription.items.data
  if (!first) throw new TypeError(`${subscription.id} has no items`)
  return { start: first.current_period_start, end: first.current_period_end }
}

export const productName = (world: World, price: Price): string =>
  world.store.get('product', price.product)?.name ?? price.product
