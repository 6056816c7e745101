import type { SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import { releaseSchedule } from '../../flows/schedules/leave.ts'
import { refuseInactive, type ScheduleUpdate, scheduleFrom, updateSchedule } from '../../flows/schedules/schedules.ts'
import { type CancelInput, cancelSubscription } from '../../flows/subscriptions/cancel.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput, wasWithin } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface ScheduleList {
  readonly canceled_at?: RangeInput
  readonly completed_at?: RangeInput
  readonly created?: RangeInput
  readonly customer?: string
  readonly released_at?: RangeInput
  readonly scheduled?: boolean
}

const needSchedule = (call: Call): SubscriptionSchedule =>
  call.world.need('subscription_schedule', idOf(call), { status: 404, param: 'schedule' })

const cancel = (call: Call, input: CancelInput): SubscriptionSchedule => {
  const schedule = needSchedule(call)
  refuseInactive(schedule, 'cancel')
  cancelSubscription(call.world, call.world.need('subscription', schedule.subscription ?? ''), input)
  return needSchedule(call)
}

const release = (call: Call): SubscriptionSchedule => {
  const schedule = needSchedule(call)
  refuseInactive(schedule, 'release')
  return releaseSchedule(call.world, schedule)
}

export const subscriptionScheduleRoutes: Routes = {
  'POST /v1/subscription_schedules': route<{ from_subscription?: string }>(['from_subscription'], (call, input) =>
    scheduleFrom(call.world, input.from_subscription),
  ),
  'GET /v1/subscription_schedules/{id}': route([], needSchedule),
  'POST /v1/subscription_schedules/{id}': route<ScheduleUpdate>(
    ['end_behavior', 'metadata', 'phases', 'proration_behavior'],
    (call, input) => updateSchedule(call.world, needSchedule(call), input),
  ),
  'POST /v1/subscription_schedules/{id}/cancel': route<CancelInput>(['invoice_now', 'prorate'], cancel),
  'POST /v1/subscription_schedules/{id}/release': route([], release),
  'GET /v1/subscription_schedules': route<ScheduleList>(
    [...pageParams, 'canceled_at', 'completed_at', 'created', 'customer', 'released_at', 'scheduled'],
    (call, { created, customer, scheduled, ...ends }) =>
      newestFirst(
        call,
        call.world.store
          .all('subscription_schedule')
          .filter((each) => matches(each, { customer }) && isWithin(each.created, created))
          .filter((each) => scheduled !== true || each.status === 'not_started')
          .filter((each) => wasWithin(each.canceled_at, ends.canceled_at))
          .filter((each) => wasWithin(each.completed_at, ends.completed_at))
          .filter((each) => wasWithin(each.released_at, ends.released_at)),
      ),
  ),
}
