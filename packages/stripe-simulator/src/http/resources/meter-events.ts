import { invalidRequest, missingParam } from '../../domain/failure.ts'
import { cancelMeterEvent, type MeterEventInput, recordMeterEvent } from '../../flows/meters/meter-events.ts'
import { type Call, type Routes, route } from '../route.ts'

interface AdjustmentInput {
  readonly cancel?: { readonly identifier?: string }
  readonly event_name: string
  readonly type: 'cancel'
}

interface LaterEventInput extends Omit<MeterEventInput, 'timestamp'> {
  /** ISO 8601, as version 2 of the API writes time. */
  readonly timestamp?: string
}

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()

const record = ({ world }: Call, input: MeterEventInput) => {
  const { id: _id, ...event } = recordMeterEvent(world, input)
  return event
}

const secondsOf = (text: string): number => {
  const milliseconds = Date.parse(text)
  if (Number.isNaN(milliseconds)) throw invalidRequest(`Invalid timestamp: ${text}`, { param: 'timestamp' })
  return Math.floor(milliseconds / 1000)
}

const recordLater = (call: Call, { timestamp, ...input }: LaterEventInput) => {
  const time = timestamp === undefined ? {} : { timestamp: secondsOf(timestamp) }
  const event = record(call, { ...input, ...time })
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

const params = ['event_name', 'identifier', 'payload', 'timestamp'] as const

export const meterEventRoutes: Routes = {
  'POST /v1/billing/meter_events': route<MeterEventInput>(params, record),
  'POST /v1/billing/meter_event_adjustments': route<AdjustmentInput>(['cancel', 'event_name', 'type'], adjust),
  'POST /v2/billing/meter_events': route<LaterEventInput>(params, recordLater),
}
