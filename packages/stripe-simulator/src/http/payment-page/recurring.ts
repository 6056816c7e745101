import type { Price } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import { recounted } from '../../flows/checkout/change-session.ts'
import { discountItems } from '../../flows/checkout/lines.ts'
import { taxItems } from '../../flows/checkout/tax.ts'
import { trialEndOf } from '../../flows/subscriptions/trial.ts'
import type { World } from '../../world.ts'
import { discountOf, isInclusive, shown, total } from './amounts.ts'

const daySeconds = 86_400

/** What the next invoice will be about, as far as it is known today. */
const nextLines = (world: World, session: CheckoutSession): CheckoutItem[] => {
  const due = session.$items
    .filter((item) => item.price.recurring !== null)
    .map((item) => (item.quantity === null ? item : recounted(world, item, item.quantity)))
  const coupon = discountOf(world, session)?.coupon
  return taxItems(world, session, discountItems(due, coupon?.duration === 'once' ? undefined : coupon))
}

const trialOf = (world: World, { $subscriptionData }: CheckoutSession) => {
  const trialEnd = trialEndOf(world, $subscriptionData ?? {})
  if (trialEnd === null) return null
  return { trialEnd, trialPeriodDays: Math.round((trialEnd - world.now()) / daySeconds) }
}

/** How a subscription goes on after today; null where nothing recurs. */
export const shownRecurring = (world: World, session: CheckoutSession) => {
  const items = nextLines(world, session)
  const [first] = items
  const recurring = (first?.price as unknown as Price | undefined)?.recurring
  if (!first || !recurring) return null
  const amount = (minor: number) => shown(minor, first.currency)
  const taxed = (inclusive: boolean) =>
    total(
      items.filter((item) => isInclusive(item) === inclusive),
      'amount_tax',
    )
  return {
    interval: recurring.interval,
    intervalCount: recurring.interval_count,
    isProrated: false,
    dueNext: {
      subtotal: amount(total(items, 'amount_subtotal')),
      total: amount(total(items, 'amount_total')),
      discount: amount(total(items, 'amount_discount')),
      taxInclusive: amount(taxed(true)),
      taxExclusive: amount(taxed(false)),
      billingCycleAnchor: null,
    },
    trial: trialOf(world, session),
  }
}
