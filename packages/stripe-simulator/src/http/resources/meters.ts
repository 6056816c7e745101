import { invalidRequest, missingParam } from '../../domain/failure.ts'
import type { Meter } from '../../domain/objects/billing.ts'
import { type Measured, usageOf, usedWindows } from '../../flows/meters/usage.ts'
import type { World } from '../../world.ts'
import { matches, newestFirst, pageOf, pageParams } from '../list.ts'
import { type Call, idOf, type Routes, route } from '../route.ts'

interface MeterInput {
  readonly customer_mapping?: Meter['customer_mapping']
  readonly default_aggregation: Meter['default_aggregation']
  readonly display_name: string
  readonly event_name: string
  readonly event_time_window?: 'day' | 'hour'
  readonly value_settings?: Meter['value_settings']
}

interface SummaryInput {
  readonly customer: string
  readonly end_time: number
  readonly start_time: number
  readonly value_grouping_window?: 'day' | 'hour'
}

const needMeter = (call: Call): Meter => call.world.need('billing.meter', idOf(call), { status: 404, param: 'id' })

const create = ({ world }: Call, input: MeterInput): Meter => {
  const { event_name } = input
  if (world.store.all('billing.meter').some((each) => each.event_name === event_name && each.status === 'active')) {
    throw invalidRequest(`An active meter with the event name ${event_name} already exists.`, {
      code: 'resource_already_exists',
      param: 'event_name',
    })
  }
  return world.insert(
    'billing.meter',
    {
      customer_mapping: input.customer_mapping ?? { event_payload_key: 'stripe_customer_id', type: 'by_id' },
      default_aggregation: input.default_aggregation,
      display_name: input.display_name,
      event_name,
      event_time_window: input.event_time_window ?? null,
      status: 'active',
      status_transitions: { deactivated_at: null },
      updated: world.now(),
      value_settings: input.value_settings ?? { event_payload_key: 'value' },
    },
    'billing.meter.created',
  )
}

const turn = (call: Call, status: Meter['status']): Meter => {
  const meter = needMeter(call)
  const now = call.world.now()
  if (meter.status === status) throw invalidRequest(`The meter is already ${status}.`, { param: 'id' })
  const status_transitions = { deactivated_at: status === 'inactive' ? now : null }
  const turned = call.world.update(meter, { status, status_transitions, updated: now })
  call.world.emit(status === 'inactive' ? 'billing.meter.deactivated' : 'billing.meter.reactivated', turned)
  return turned
}

const seconds = { minute: 60, hour: 3600, day: 86_400 } as const

const checkAligned = (times: Readonly<Record<string, number>>, window: 'minute' | 'hour' | 'day' = 'minute'): void => {
  const wrong = Object.keys(times).find((name) => (times[name] ?? 0) % seconds[window] !== 0)
  if (wrong === undefined) return
  throw invalidRequest(`The timestamp must be aligned with ${window} boundaries.`, { param: wrong })
}

const summaryOf = (world: World, measured: Measured) => {
  const { meter, period } = measured
  return {
    id: `mtrusg_${meter.slice(4)}_${period.start}_${period.end}`,
    object: 'billing.meter_event_summary',
    aggregated_value: usageOf(world, measured),
    end_time: period.end,
    livemode: false,
    meter,
    start_time: period.start,
  }
}

const summaries = (call: Call, input: SummaryInput) => {
  const { customer, start_time, end_time, value_grouping_window: window } = input
  const { id: meter } = needMeter(call)
  if (start_time >= end_time) throw invalidRequest('`start_time` must be before `end_time`.', { param: 'start_time' })
  checkAligned({ start_time, end_time }, window)
  const range = { start: start_time, end: end_time }
  const periods =
    window === undefined ? [range] : usedWindows(call.world, { meter, customer, period: range }, seconds[window])
  return pageOf(
    call,
    periods.map((period) => summaryOf(call.world, { meter, customer, period })),
  )
}

export const meterRoutes: Routes = {
  'POST /v1/billing/meters': route<MeterInput>(
    ['customer_mapping', 'default_aggregation', 'display_name', 'event_name', 'event_time_window', 'value_settings'],
    create,
  ),
  'GET /v1/billing/meters/{id}': route([], needMeter),
  'POST /v1/billing/meters/{id}': route<{ display_name?: string }>(['display_name'], (call, { display_name }) => {
    if (display_name === undefined) throw missingParam('display_name')
    return call.world.update(needMeter(call), { display_name, updated: call.world.now() }, 'billing.meter.updated')
  }),
  'POST /v1/billing/meters/{id}/deactivate': route([], (call) => turn(call, 'inactive')),
  'POST /v1/billing/meters/{id}/reactivate': route([], (call) => turn(call, 'active')),
  'GET /v1/billing/meters/{id}/event_summaries': route<SummaryInput>(
    [...pageParams, 'customer', 'end_time', 'start_time', 'value_grouping_window'],
    summaries,
  ),
  'GET /v1/billing/meters': route<{ status?: string }>([...pageParams, 'status'], (call, { status }) =>
    newestFirst(
      call,
      call.world.store.all('billing.meter').filter((meter) => matches(meter, { status })),
    ),
  ),
}
