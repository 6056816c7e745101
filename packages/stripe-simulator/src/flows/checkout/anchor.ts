import { notSimulated } from '../../domain/failure.ts'
import type { Price } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession, SubscriptionData } from '../../domain/objects/checkout.ts'
import { amountOver } from '../../domain/proration.ts'
import type { World } from '../../world.ts'
import { priceAmount } from '../prices.ts'
import { type Anchor, anchorOf } from '../subscriptions/anchor.ts'
import { cadenceOf } from '../subscriptions/items.ts'
import { discountItems, sessionTotals } from './lines.ts'
import { taxItems, taxShipping } from './tax.ts'

export type SessionAnchor = NonNullable<CheckoutSession['$anchor']>

const priceOf = (item: CheckoutItem): Price => item.price as unknown as Price

const refuseTrial = (data: SubscriptionData): void => {
  if (data.trial_end === undefined && data.trial_period_days === undefined) return
  throw notSimulated('a trial beside a billing cycle anchor in Checkout', 'subscription_data[billing_cycle_anchor]')
}

/** The anchor that a session asks for, if it asks for one: settled when the session is made. */
export const sessionAnchor = (
  world: World,
  data: SubscriptionData | undefined,
  items: readonly CheckoutItem[],
): SessionAnchor | undefined => {
  const first = items.find((item) => priceOf(item).recurring !== null)
  const asked = data?.billing_cycle_anchor !== undefined || data?.billing_cycle_anchor_config !== undefined
  if (!data || !first || !asked) return undefined
  refuseTrial(data)
  const { at, config, prorates } = anchorOf(world, data, { cadence: cadenceOf(priceOf(first)), trialEnd: null })
  return { at, config, prorates }
}

const amountUntil = (world: World, item: CheckoutItem, anchor: SessionAnchor): number => {
  const price = priceOf(item)
  const each = item.quantity === null ? 0 : priceAmount(world, price, item.quantity)
  const now = world.now()
  if (!price.recurring || anchor.at <= now) return each
  return anchor.prorates ? amountOver(each, { start: now, end: anchor.at }, cadenceOf(price)) : 0
}

/** The lines as they are due today: the time before the anchor costs a part, or nothing. */
export const untilAnchor = (
  world: World,
  items: readonly CheckoutItem[],
  anchor: SessionAnchor | undefined,
): CheckoutItem[] =>
  items.map((item) => {
    if (!anchor) return item
    const amount = amountUntil(world, item, anchor)
    return { ...item, amount_subtotal: amount, amount_total: amount }
  })

/** Time has passed since the session was made: less of it is left before the anchor. */
export const repriced = (world: World, session: CheckoutSession): CheckoutSession => {
  if (!session.$anchor) return session
  const coupon = session.discounts?.[0]?.coupon
  const due = untilAnchor(world, session.$items, session.$anchor)
  const items = discountItems(due, coupon ? world.need('coupon', coupon) : undefined)
  const $attempt = { ...session.$attempt, at: world.now() }
  const totals = sessionTotals(taxItems(world, session, items), taxShipping(world, session, session.shipping_cost))
  return world.update(session, { ...totals, $attempt })
}

/** The anchor of the subscription that a session begins: from the moment on that was paid for. */
export const anchorFrom = (world: World, session: CheckoutSession): Anchor | undefined => {
  const { $anchor: anchor, $attempt: attempt } = session
  if (!anchor) return undefined
  const paid = attempt?.at ?? world.now()
  return { ...anchor, start: Math.min(paid, anchor.at) }
}
