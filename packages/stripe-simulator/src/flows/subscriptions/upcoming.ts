import type { Subscription } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { periodOf } from './items.ts'
import { nextDraft, previewed } from './preview.ts'

const day = 86_400

const announced = ['active', 'trialing']

const announce = (world: World, subscription: Subscription, end: number): void => {
  const invoice = previewed(world, () => nextDraft(world, subscription))
  world.update(subscription, { $announcedEnd: end })
  world.emit('invoice.upcoming', invoice)
}

/** A renewal is announced some days ahead, once, where the account wants that and the period is long enough. */
export const upcomingDues = (world: World, subscription: Subscription) => {
  const { upcomingDays } = world.settings
  const { start, end } = periodOf(subscription)
  if (upcomingDays === null || subscription.cancel_at_period_end || subscription.$announcedEnd === end) return []
  const at = end - upcomingDays * day
  if (!announced.includes(subscription.status) || at <= start) return []
  return [{ at, run: () => announce(world, subscription, end) }]
}
