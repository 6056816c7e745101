import { invalidRequest, missingParam, StripeFailure } from '../../domain/failure.ts'
import { cancelMeterEvent, type MeterEventInput, recordMeterEvent } from '../../flows/meters/meter-events.ts'
import { MeterEventRefusal } from '../../flows/meters/refusal.ts'
import { iso, openSession, streamEvents } from '../../flows/meters/stream.ts'
import { type Answer, type Call, type Routes, route } from '../route.ts'

interface AdjustmentInput {
  readonly cancel?: { readonly identifier?: string }
  readonly event_name: string
  readonly type: 'cancel'
}

interface LaterEventInput extends Omit<MeterEventInput, 'timestamp'> {
  /** ISO 8601, as version 2 of the API writes time. */
  readonly timestamp?: string
}

/** Version 2 has codes of its own for what is wrong with an event. */
const named = <T>(work: () => T): T => {
  try {
    return work()
  } catch (cause) {
    if (!(cause instanceof MeterEventRefusal)) throw cause
    const status = cause.reason === 'not_found' ? 404 : 400
    throw new StripeFailure(status, { ...cause.error, code: cause.reason })
  }
}

const record = ({ world }: Call, input: MeterEventInput) => {
  const { id: _id, ...event } = recordMeterEvent(world, input)
  return event
}

const secondsOf = (text: string): number => {
  const milliseconds = Date.parse(text)
  if (Number.isNaN(milliseconds)) throw invalidRequest(`Invalid timestamp: ${text}`, { param: 'timestamp' })
  return Math.floor(milliseconds / 1000)
}

const withSeconds = ({ timestamp, ...event }: LaterEventInput): MeterEventInput => ({
  ...event,
  ...(timestamp === undefined ? {} : { timestamp: secondsOf(timestamp) }),
})

const recordLater = (call: Call, input: LaterEventInput) => {
  const event = named(() => record(call, withSeconds(input)))
  return {
    ...event,
    object: 'v2.billing.meter_event',
    created: iso(event.created),
    timestamp: iso(event.timestamp),
  }
}

const adjust = ({ world }: Call, { cancel, event_name, type }: AdjustmentInput) => {
  if (cancel?.identifier === undefined) throw missingParam('cancel[identifier]')
  cancelMeterEvent(world, event_name, cancel.identifier)
  return {
    object: 'billing.meter_event_adjustment',
    cancel: { identifier: cancel.identifier },
    event_name,
    livemode: false,
    status: 'complete',
    type,
  }
}

const adjustLater = (call: Call, input: AdjustmentInput) => {
  const adjustment = named(() => adjust(call, input))
  const { ids, now } = call.world
  const object = 'v2.billing.meter_event_adjustment'
  return { ...adjustment, id: ids.next(object), object, created: iso(now()) }
}

const stream = ({ world }: Call, { events }: { readonly events: readonly LaterEventInput[] }): Answer => {
  streamEvents(world, events.map(withSeconds))
  return {}
}

const params = ['event_name', 'identifier', 'payload', 'timestamp'] as const

export const meterEventRoutes: Routes = {
  'POST /v1/billing/meter_events': route<MeterEventInput>(params, record),
  'POST /v1/billing/meter_event_adjustments': route<AdjustmentInput>(['cancel', 'event_name', 'type'], adjust),
  'POST /v2/billing/meter_event_adjustments': route<AdjustmentInput>(['cancel', 'event_name', 'type'], adjustLater),
  'POST /v2/billing/meter_event_session': route([], ({ world }) => openSession(world)),
  'POST /v2/billing/meter_event_stream': route<{ events: readonly LaterEventInput[] }>(['events'], stream),
  'POST /v2/billing/meter_events': route<LaterEventInput>(params, recordLater),
}
