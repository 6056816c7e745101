import type { LineDraft, Period } from '../../domain/objects/invoice.ts'
import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { periodOf } from './items.ts'
import { linesOver, recurringLines } from './recurring-lines.ts'
import { isWhole, naturalPeriod } from './rhythm.ts'

const spans = (subscription: Subscription, { start, end }: Period): Period[] => {
  const found: Period[] = []
  for (let from = start; from < end; from = found.at(-1)?.end ?? end) {
    found.push({ start: from, end: Math.min(naturalPeriod(subscription, from).end, end) })
  }
  return found
}

const merged = ({ start, end }: Period): Period[] => (start < end ? [{ start, end }] : [])

/** Flexible billing has a line for each natural period; classic billing has a single one for all of the time. */
const spansOf = (subscription: Subscription, time: Period): Period[] =>
  subscription.billing_mode.type === 'classic' ? merged(time) : spans(subscription, time)

const currentLines = (world: World, subscription: Subscription): LineDraft[] => {
  if (subscription.status === 'trialing') return recurringLines(world, subscription, { free: true })
  const free = subscription.$prorates === false && !isWhole(subscription, periodOf(subscription))
  return free ? [] : recurringLines(world, subscription)
}

const joins = (subscription: Subscription): boolean =>
  subscription.billing_mode.type === 'classic' &&
  subscription.status !== 'trialing' &&
  !isWhole(subscription, periodOf(subscription))

/** What a subscription costs at first: the time since it was backdated to, and its first period. */
export const firstLines = (world: World, subscription: Subscription): LineDraft[] => {
  const { start_date, $prorates } = subscription
  const { start, end } = periodOf(subscription)
  if ($prorates === false || start_date >= start) return currentLines(world, subscription)
  if (joins(subscription)) return linesOver(world, subscription, { start: start_date, end })
  const elapsed = spansOf(subscription, { start: start_date, end: start })
  return [...elapsed.flatMap((span) => linesOver(world, subscription, span)), ...currentLines(world, subscription)]
}
