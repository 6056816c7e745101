import { invalidRequest } from '../../domain/failure.ts'
import type { MetadataInput } from '../../domain/metadata.ts'
import type { InvoiceItem, Period } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import type { DiscountInput } from '../discounts.ts'
import { periodOf } from '../subscriptions/items.ts'
import { addItem } from './create.ts'
import { type Named, within } from './named.ts'
import type { PositionPrice } from './position.ts'

interface Moment {
  readonly type: string
  readonly timestamp?: number
}

/** A position that a subscription is to bill once, beside its items. */
export interface AddedItem {
  readonly discountable?: boolean
  readonly discounts?: readonly DiscountInput[]
  readonly metadata?: MetadataInput
  readonly period?: { readonly start: Moment; readonly end: Moment }
  readonly price?: string
  readonly price_data?: PositionPrice
  readonly quantity?: number
  readonly tax_rates?: readonly string[] | ''
}

const most = 20

const stamped = ({ timestamp }: Moment, param: string): number => {
  if (timestamp !== undefined) return timestamp
  throw invalidRequest(`Missing required param: ${param}[timestamp].`, {
    code: 'parameter_missing',
    param: `${param}[timestamp]`,
  })
}

const startFor = (
  world: World,
  subscription: Subscription,
  { moment, param }: { moment: Moment; param: Named },
): number => {
  if (moment.type === 'timestamp') return stamped(moment, param('period[start]'))
  return moment.type === 'now' ? world.now() : periodOf(subscription).start
}

const placed = (
  world: World,
  subscription: Subscription,
  { item, param }: { item: AddedItem; param: Named },
): Period | undefined => {
  if (!item.period) return undefined
  const { start, end } = item.period
  return {
    start: startFor(world, subscription, { moment: start, param }),
    end: end.type === 'timestamp' ? stamped(end, param('period[end]')) : periodOf(subscription).end,
  }
}

const named = (index: number): Named => {
  const inner = within(`add_invoice_items[${index}]`)
  return (name) => inner(name === 'pricing[price]' ? 'price' : name)
}

const add = (
  world: World,
  subscription: Subscription,
  { item, param }: { item: AddedItem; param: Named },
): InvoiceItem => {
  const { price, period: _period, ...rest } = item
  const period = placed(world, subscription, { item, param })
  const fields = {
    ...rest,
    ...(price === undefined ? {} : { pricing: { price } }),
    ...(period === undefined ? {} : { period }),
  }
  return addItem(world, { customer: subscription.customer, subscription: subscription.id }, { fields, param })
}

/** Positions for the next invoice of a subscription. */
export const addPositions = (
  world: World,
  subscription: Subscription,
  items: readonly AddedItem[] = [],
): InvoiceItem[] => {
  if (items.length > most) {
    throw invalidRequest(`You can add at most ${most} invoice items.`, { param: 'add_invoice_items' })
  }
  return items.map((item, index) => add(world, subscription, { item, param: named(index) }))
}
