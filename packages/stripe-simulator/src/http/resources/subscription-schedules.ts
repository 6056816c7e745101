import type { SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import { releaseSchedule } from '../../flows/schedules/leave.ts'
import { refuseInactive, type ScheduleUpdate, scheduleFrom, updateSchedule } from '../../flows/schedules/schedules.ts'
import { type CancelInput, cancelSubscription } from '../../flows/subscriptions/cancel.ts'
import { isWithin, matches, newestFirst, pageParams, type RangeInput } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface ScheduleList {
  readonly canceled_at?: RangeInput
  readonly created?: RangeInput
  readonly customer?: string
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

const wasWithin = (time: number | null, range: RangeInput | undefined): boolean =>
  range === undefined || (time !== null && isWithin(time, range))

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
    [...pageParams, 'canceled_at', 'created', 'customer'],
    (call, { canceled_at, created, customer }) =>
      newestFirst(
        call,
        call.world.store
          .all('subscription_schedule')
          .filter((each) => matches(each, { customer }) && isWithin(each.created, created))
          .filter((each) => wasWithin(each.canceled_at, canceled_at)),
      ),
  ),
}
