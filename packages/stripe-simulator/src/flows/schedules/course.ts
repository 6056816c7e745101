import type { Phase, SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import type { World } from '../../world.ts'
import { cancelSubscription } from '../subscriptions/cancel.ts'
import { periodOf } from '../subscriptions/items.ts'
import { beginSubscription } from './begin.ts'
import { enterPhase } from './enter-phase.ts'
import { releaseSchedule } from './leave.ts'

const day = 86_400
const noticeSeconds = 7 * day

/** A schedule that ends with its subscription says so on the subscription. */
export const planEnd = (world: World, schedule: SubscriptionSchedule): void => {
  const subscription = schedule.subscription === null ? undefined : world.need('subscription', schedule.subscription)
  if (!subscription) return
  const cancel_at = schedule.end_behavior === 'cancel' ? (schedule.phases.at(-1)?.end_date ?? null) : null
  world.update(subscription, { cancel_at }, 'customer.subscription.updated')
}

const spanOf = ({ start_date, end_date }: Phase) => ({ start_date, end_date })

/** The first phase begins. */
export const beginPhase = (world: World, schedule: SubscriptionSchedule): SubscriptionSchedule => {
  const [phase] = schedule.phases
  if (!phase) throw new TypeError(`${schedule.id} has no phases`)
  const { id: subscription } = beginSubscription(world, schedule, phase)
  const begun = world.update(schedule, { current_phase: spanOf(phase), status: 'active', subscription })
  planEnd(world, begun)
  return begun
}

const beginDue = (world: World, schedule: SubscriptionSchedule): void => {
  world.emit('subscription_schedule.updated', beginPhase(world, schedule), {
    current_phase: null,
    status: 'not_started',
    subscription: null,
  })
}

const finish = (world: World, schedule: SubscriptionSchedule): SubscriptionSchedule => {
  if (schedule.end_behavior !== 'cancel') return releaseSchedule(world, schedule, false)
  const completed = world.update(schedule, { completed_at: world.now(), current_phase: null, status: 'completed' })
  world.emit('subscription_schedule.completed', completed)
  cancelSubscription(world, world.need('subscription', schedule.subscription ?? ''), {})
  return completed
}

/** One phase ends and the next begins, or none. */
export const endPhase = (world: World, schedule: SubscriptionSchedule, ended: number): SubscriptionSchedule => {
  const next = schedule.phases.find((phase) => phase.start_date === ended)
  if (!next) return finish(world, schedule)
  const over = world.now() >= periodOf(world.need('subscription', schedule.subscription ?? '')).end
  enterPhase(world, schedule, { phase: next, proration_behavior: over ? 'none' : next.proration_behavior })
  return world.update(schedule, { current_phase: spanOf(next) }, 'subscription_schedule.updated')
}

const announce = (world: World, schedule: SubscriptionSchedule, end: number): void => {
  world.emit('subscription_schedule.expiring', world.update(schedule, { $announcedEnd: end }))
}

const courseOf = (world: World, schedule: SubscriptionSchedule) => {
  const last = schedule.phases.at(-1)?.end_date ?? 0
  const end = schedule.current_phase?.end_date
  if (schedule.status === 'not_started') {
    return [{ at: schedule.phases[0]?.start_date ?? 0, run: () => beginDue(world, schedule) }]
  }
  if (schedule.status !== 'active' || end === undefined) return []
  const notice = { at: last - noticeSeconds, run: () => announce(world, schedule, last) }
  return [
    ...(schedule.$announcedEnd === last ? [] : [notice]),
    { at: end, run: () => void endPhase(world, schedule, end) },
  ]
}

/** What time brings to schedules: their start, the turns of their phases, a notice of their end, and the end. */
export const scheduleDues = (world: World) =>
  world.store
    .all('subscription_schedule')
    .flatMap((schedule) => courseOf(world, schedule).map((due) => ({ ...due, about: schedule })))
