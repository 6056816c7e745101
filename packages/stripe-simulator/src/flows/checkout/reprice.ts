import { minimumAmount } from '../../domain/currency.ts'
import { invalidRequest } from '../../domain/failure.ts'
import type { Coupon } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import { abandoned } from '../../domain/payment-intent.ts'
import type { World } from '../../world.ts'
import { discountItems, sessionTotals } from './lines.ts'
import { taxItems, taxShipping, taxStatus } from './tax.ts'

/** What a change of a session may bring anew; the rest stays. */
export type Repriced = Partial<Pick<CheckoutSession, '$items' | 'customer_details' | 'discounts' | 'shipping_cost'>>

/** A payment is nothing, or at least the smallest amount that its currency can carry. */
export const refuseSmall = (mode: CheckoutSession['mode'], items: readonly CheckoutItem[]): void => {
  const [first] = items
  const total = items.reduce((sum, item) => sum + item.amount_total, 0)
  if (mode !== 'payment' || !first || first.price.custom_unit_amount !== null) return
  if (total === 0 || total >= minimumAmount(first.currency)) return
  throw invalidRequest(
    "The Checkout Session's total amount due must add up to at least the minimum of its currency, 50 cents in USD.",
    { code: 'amount_too_small' },
  )
}

const couponOf = (world: World, { discounts }: CheckoutSession): Coupon | undefined => {
  const [discount] = discounts ?? []
  return discount?.coupon == null ? undefined : world.need('coupon', discount.coupon)
}

/** A bank that is being asked about another amount is not waited for. */
const abandonAttempt = (world: World, { amount_total, $attempt }: CheckoutSession): void => {
  const intent = world.store.get('payment_intent', $attempt?.intent ?? '')
  if (intent?.status !== 'requires_action' || intent.amount === amount_total) return
  world.update(intent, abandoned)
}

/** A session with other lines, another discount, another buyer or another delivery: all its amounts follow. */
export const reprice = (world: World, session: CheckoutSession, changes: Repriced): CheckoutSession => {
  const changed = { ...session, ...changes }
  const items = taxItems(world, changed, discountItems(changed.$items, couponOf(world, changed)))
  const totals = sessionTotals(items, taxShipping(world, changed, changed.shipping_cost))
  const repriced = world.update(session, { ...changes, ...totals, automatic_tax: taxStatus(world, changed) })
  abandonAttempt(world, repriced)
  return repriced
}
