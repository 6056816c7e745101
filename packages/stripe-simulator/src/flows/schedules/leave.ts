import type { SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import type { World } from '../../world.ts'

const subscriptionOf = (world: World, schedule: SubscriptionSchedule) =>
  schedule.subscription === null ? undefined : world.need('subscription', schedule.subscription)

/** The subscription goes on without its schedule. */
export const releaseSchedule = (world: World, schedule: SubscriptionSchedule): SubscriptionSchedule => {
  const subscription = subscriptionOf(world, schedule)
  if (subscription) world.update(subscription, { schedule: null }, 'customer.subscription.updated')
  const released = world.update(schedule, {
    current_phase: null,
    released_at: world.now(),
    released_subscription: schedule.subscription,
    status: 'released',
    subscription: null,
  })
  world.emit('subscription_schedule.released', released)
  return released
}

/** A schedule ends with its subscription. */
export const abandonSchedule = (world: World, scheduleId: string | null): void => {
  const schedule = scheduleId === null ? undefined : world.store.get('subscription_schedule', scheduleId)
  if (schedule?.status !== 'active') return
  const canceled = world.update(schedule, { canceled_at: world.now(), current_phase: null, status: 'canceled' })
  world.emit('subscription_schedule.canceled', canceled)
}
