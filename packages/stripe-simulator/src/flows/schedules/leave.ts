import type { SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import type { World } from '../../world.ts'

const subscriptionOf = (world: World, schedule: SubscriptionSchedule) =>
  schedule.subscription === null ? undefined : world.need('subscription', schedule.subscription)

/** The subscription goes on without its schedule, and without the end that the schedule had planned for it. */
export const releaseSchedule = (
  world: World,
  schedule: SubscriptionSchedule,
  keepsEnd: boolean,
): SubscriptionSchedule => {
  const subscription = subscriptionOf(world, schedule)
  const end = keepsEnd ? {} : { cancel_at: null }
  if (subscription) world.update(subscription, { ...end, schedule: null }, 'customer.subscription.updated')
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

/** A schedule that has not started yet has nothing but itself to cancel. */
export const cancelUnstarted = (world: World, schedule: SubscriptionSchedule): SubscriptionSchedule => {
  const canceled = world.update(schedule, { canceled_at: world.now(), status: 'canceled' })
  world.emit('subscription_schedule.canceled', canceled)
  return canceled
}

/** A schedule ends with its subscription; `unpaid`: which ended for want of payment. */
export const abandonSchedule = (world: World, scheduleId: string | null, unpaid: boolean): void => {
  const schedule = scheduleId === null ? undefined : world.store.get('subscription_schedule', scheduleId)
  if (schedule?.status !== 'active') return
  const canceled = world.update(schedule, { canceled_at: world.now(), current_phase: null, status: 'canceled' })
  world.emit(unpaid ? 'subscription_schedule.aborted' : 'subscription_schedule.canceled', canceled)
}
