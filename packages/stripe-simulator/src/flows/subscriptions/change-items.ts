import { priceIn } from '../../domain/currency-options.ts'
import { invalidRequest, noSuch } from '../../domain/failure.ts'
import { mergeMetadata } from '../../domain/metadata.ts'
import type { Subscription, SubscriptionItem } from '../../domain/objects/subscription.ts'
import { isMetered } from '../../domain/pricing.ts'
import type { World } from '../../world.ts'
import { refuseOther } from '../refuse-other.ts'
import {
  checkPrices,
  createItem,
  type ItemInput,
  periodOf,
  quantityOf,
  recurringPrice,
  servedOfItems,
  withPrice,
} from './items.ts'

export interface ItemChange {
  readonly before?: SubscriptionItem
  readonly after?: SubscriptionItem
}

const needItem = (subscription: Subscription, id: string, param: string): SubscriptionItem => {
  const found = subscription.items.data.find((item) => item.id === id)
  if (!found) throw noSuch('subscription_item', id, { param: `${param}[id]` })
  return found
}

/** In the one currency that a subscription has. */
const newPrice = (world: World, { currency }: Subscription, { input, param }: { input: ItemInput; param: string }) => {
  const price = recurringPrice(world, input, param)
  return priceIn(price, currency) ?? price
}

/** Where a meter counts there is nothing to clear: what it counted belongs to the customer. */
const checkClearing = (item: SubscriptionItem, input: ItemInput, param: string): void => {
  if (isMetered(item.price) && input.deleted === true) return
  throw invalidRequest('`clear_usage` is only allowed when deleting an item whose price is metered.', {
    param: `${param}[clear_usage]`,
  })
}

const changed = (world: World, subscription: Subscription, edit: { input: ItemInput; param: string }): ItemChange => {
  const { input, param } = edit
  const before = needItem(subscription, input.id ?? '', param)
  if (input.clear_usage === true) checkClearing(before, input, param)
  if (input.deleted === true) return { before }
  const renamed = input.price !== undefined || input.price_data !== undefined
  const same = input.price === before.price.id
  const price = renamed && !same ? newPrice(world, subscription, edit) : before.price
  const quantity = quantityOf(price, input.quantity ?? (isMetered(price) ? undefined : before.quantity), param)
  const after = withPrice(before, price, quantity)
  return { before, after: { ...after, metadata: mergeMetadata(before.metadata, input.metadata) } }
}

const toChange = (world: World, subscription: Subscription, edit: { input: ItemInput; param: string }): ItemChange => {
  const { input, param } = edit
  refuseOther(input, servedOfItems, param)
  if (input.id !== undefined) return changed(world, subscription, edit)
  const price = newPrice(world, subscription, edit)
  const { metadata } = input
  const quantity = quantityOf(price, input.quantity, param)
  const fields = { price, quantity, period: periodOf(subscription), ...(metadata === undefined ? {} : { metadata }) }
  return { after: createItem(world, subscription.id, fields) }
}

/** What a list of items asks for: an entry with an id changes it, one without adds another. */
export const itemChanges = (world: World, subscription: Subscription, inputs: readonly ItemInput[]): ItemChange[] =>
  inputs.map((input, index) => toChange(world, subscription, { input, param: `items[${index}]` }))

/** The items as they are after the changes. */
export const changedItems = (subscription: Subscription, changes: readonly ItemChange[]): SubscriptionItem[] => {
  const byId = new Map(changes.flatMap((change) => (change.before ? [[change.before.id, change]] : [])))
  const kept = subscription.items.data.flatMap((item) => {
    const change = byId.get(item.id)
    return change ? (change.after ?? []) : item
  })
  const added = changes.flatMap(({ before, after }) => (before || !after ? [] : after))
  const items = [...kept, ...added]
  if (items.length === 0) {
    throw invalidRequest('A subscription must have at least one active plan. To remove all, cancel the subscription.', {
      param: 'items',
    })
  }
  checkPrices(items.map((item) => item.price))
  return items
}

const costs = (item: SubscriptionItem | undefined): string | undefined => item && `${item.price.id}×${item.quantity}`

/** The changes that touch money. */
export const pricedChanges = (changes: readonly ItemChange[]): ItemChange[] =>
  changes.filter(({ before, after }) => costs(before) !== costs(after))
