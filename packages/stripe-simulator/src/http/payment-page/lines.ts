import type { Price } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { AdjustableQuantity } from '../../domain/objects/checkout-parts.ts'
import type { World } from '../../world.ts'
import { discountAmounts, isInclusive, shown } from './amounts.ts'

const boundsOf = (bounds: AdjustableQuantity | null) =>
  bounds?.enabled ? { maximum: bounds.maximum ?? 99, minimum: bounds.minimum ?? 0 } : null

const cadenceOf = ({ recurring }: Price) =>
  recurring && {
    interval: recurring.interval,
    intervalCount: recurring.interval_count,
    usageType: recurring.usage_type,
  }

const taxOf = (item: CheckoutItem, inclusive: boolean): number =>
  isInclusive(item) === inclusive ? item.amount_tax : 0

/** A line as Stripe.js hands it to a page. */
const lineOf = (world: World, session: CheckoutSession, item: CheckoutItem) => {
  const price = item.price as unknown as Price
  const product = world.store.get('product', price.product)
  const amount = (minor: number) => shown(minor, item.currency)
  return {
    id: item.id,
    name: product?.name ?? item.description ?? '',
    discount: amount(item.amount_discount),
    subtotal: amount(item.amount_subtotal),
    total: amount(item.amount_total),
    taxExclusive: amount(taxOf(item, false)),
    taxInclusive: amount(taxOf(item, true)),
    unitAmount: amount(price.unit_amount ?? 0),
    unitAmountDecimal: null,
    description: product?.description ?? null,
    quantity: item.quantity ?? 0,
    unitLabel: product?.unit_label ?? null,
    discountAmounts: discountAmounts(world, session, item.amount_discount),
    taxAmounts: null,
    recurring: cadenceOf(price),
    adjustableQuantity: boundsOf(item.adjustable_quantity),
    images: product?.images ?? [],
    priceId: price.id,
    isRemovable: false,
    pricing: null,
    transformQuantity: null,
  }
}

export const shownLines = (world: World, session: CheckoutSession) =>
  session.$items.map((item) => lineOf(world, session, item))
