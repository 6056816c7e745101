import type { SubscriptionSchedule } from '../../domain/objects/schedule.ts'
import { cancelUnstarted, releaseSchedule } from '../../flows/schedules/leave.ts'
import {
  createSchedule,
  refuseInactive,
  type ScheduleInput,
  type ScheduleUpdate,
  updateSchedule,
} from '../../flows/schedules/schedules.ts'
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

/** By default what is left is given back, and what is owed is billed. */
const cancel = (call: Call, { invoice_now = true, prorate = true }: CancelInput): SubscriptionSchedule => {
  const schedule = needSchedule(call)
  refuseInactive(schedule, 'cancel')
  if (schedule.subscription === null) return cancelUnstarted(call.world, schedule)
  cancelSubscription(call.world, call.world.need('subscription', schedule.subscription), { invoice_now, prorate })
  return needSchedule(call)
}

const release = (call: Call, input: { preserve_cancel_date?: boolean }): SubscriptionSchedule => {
  const schedule = needSchedule(call)
  refuseInactive(schedule, 'release')
  return releaseSchedule(call.world, schedule, input.preserve_cancel_date === true)
}

const isListed = (schedule: SubscriptionSchedule, list: ScheduleList): boolean =>
  matches(schedule, { customer: list.customer }) &&
  isWithin(schedule.created, list.created) &&
  wasWithin(schedule.canceled_at, list.canceled_at) &&
  wasWithin(schedule.completed_at, list.completed_at) &&
  wasWithin(schedule.released_at, list.released_at) &&
  (list.scheduled !== true || schedule.status === 'not_started')

const settings = [
  'default_settings.automatic_tax',
  'default_settings.billing_cycle_anchor',
  'default_settings.collection_method',
  'default_settings.default_payment_method',
  'default_settings.description',
  'default_settings.invoice_settings',
] as const

export const subscriptionScheduleRoutes: Routes = {
  'POST /v1/subscription_schedules': route<ScheduleInput>(
    [...settings, 'billing_mode', 'customer', 'end_behavior', 'from_subscription', 'metadata', 'phases', 'start_date'],
    ({ world }, input) => createSchedule(world, input),
  ),
  'GET /v1/subscription_schedules/{id}': route([], needSchedule),
  'POST /v1/subscription_schedules/{id}': route<ScheduleUpdate>(
    [...settings, 'end_behavior', 'metadata', 'phases', 'proration_behavior'],
    (call, input) => updateSchedule(call.world, needSchedule(call), input),
  ),
  'POST /v1/subscription_schedules/{id}/cancel': route<CancelInput>(['invoice_now', 'prorate'], cancel),
  'POST /v1/subscription_schedules/{id}/release': route(['preserve_cancel_date'], release),
  'GET /v1/subscription_schedules': route<ScheduleList>(
    [...pageParams, 'canceled_at', 'completed_at', 'created', 'customer', 'released_at', 'scheduled'],
    (call, list) =>
      newestFirst(
        call,
        call.world.store.all('subscription_schedule').filter((each) => isListed(each, list)),
      ),
  ),
}
