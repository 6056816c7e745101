import type { Period } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import { boundary, type Cadence, periodAt } from '../../domain/period.ts'
import { cadenceOf } from './items.ts'

/** How often a subscription is billed, and on which day where months are too short. */
export const rhythmOf = (subscription: Subscription): Cadence => {
  const [first] = subscription.items.data
  if (!first) throw new TypeError(`${subscription.id} has no items`)
  const { interval, interval_count } = cadenceOf(first.price)
  return { interval, interval_count, day_of_month: subscription.billing_cycle_anchor_config?.day_of_month }
}

/** The period that a moment falls into, as the anchor has it. */
export const naturalPeriod = (subscription: Subscription, time: number): Period =>
  periodAt(subscription.billing_cycle_anchor, rhythmOf(subscription), time)

/** The period that begins at a moment: it ends where the anchor says. */
export const periodFrom = (subscription: Subscription, start: number): Period => ({
  start,
  end: naturalPeriod(subscription, start).end,
})

/** Whether a period is one that the anchor has; others are cut off, and cost a part only. */
export const isWhole = (subscription: Subscription, { start, end }: Period): boolean => {
  const natural = naturalPeriod(subscription, start)
  return natural.start === start && natural.end === end
}

/** The period whose price a time is a part of: itself, or one that is imagined from its start. */
export const pricedPeriod = (subscription: Subscription, period: Period): Period => {
  if (isWhole(subscription, period)) return period
  const { interval, interval_count } = rhythmOf(subscription)
  return { start: period.start, end: boundary(period.start, { interval, interval_count }, 1) }
}
