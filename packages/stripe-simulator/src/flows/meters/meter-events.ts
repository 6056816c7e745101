import type { Meter, MeterEvent } from '../../domain/objects/billing.ts'
import type { World } from '../../world.ts'
import { tellAlerts } from './alerts.ts'
import { MeterEventRefusal } from './refusal.ts'

export interface MeterEventInput {
  readonly event_name: string
  readonly identifier?: string
  readonly payload: Readonly<Record<string, string>>
  readonly timestamp?: number
}

const day = 86_400

const activeMeter = (world: World, name: string): Meter => {
  const meters = world.store.all('billing.meter').filter((meter) => meter.event_name === name)
  const found = meters.find((meter) => meter.status === 'active')
  if (found) return found
  const reason = meters.length > 0 ? 'archived_meter' : 'no_meter'
  throw new MeterEventRefusal(reason, `No active meter found for event name ${name}.`, { param: 'event_name' })
}

const recent = (world: World, event: MeterEvent): boolean => event.created > world.now() - day

const refuseKnown = (world: World, identifier: string | undefined): void => {
  const known = world.store
    .all('billing.meter_event')
    .some((each) => each.identifier === identifier && recent(world, each))
  if (!known) return
  throw new MeterEventRefusal('duplicate_meter_event', `An event already exists with identifier ${identifier}.`, {
    code: 'resource_already_exists',
    param: 'identifier',
  })
}

const timeOf = (world: World, given: number | undefined): number => {
  const time = given ?? world.now()
  const late = time < world.now() - 35 * day
  if (late || time > world.now() + 300) {
    throw new MeterEventRefusal(
      late ? 'timestamp_too_far_in_past' : 'timestamp_in_future',
      'The timestamp must be within the past 35 calendar days or up to 5 minutes in the future.',
      { param: 'timestamp' },
    )
  }
  return time
}

const customerOf = (world: World, meter: Meter, payload: MeterEventInput['payload']): string => {
  const key = meter.customer_mapping.event_payload_key
  const id = payload[key] ?? ''
  const customer = world.store.get('customer', id)
  if (customer && customer.deleted !== true) return customer.id
  const blame = { code: 'resource_missing', param: `payload[${key}]` }
  throw new MeterEventRefusal('payload_no_customer_defined', `No such customer: '${id}'`, blame)
}

const measuredValue = (meter: Meter, payload: MeterEventInput['payload']): number => {
  if (meter.default_aggregation.formula === 'count') return 1
  const key = meter.value_settings.event_payload_key
  const text = payload[key] ?? ''
  if (/^\d+$/.test(text) && Number.isSafeInteger(Number(text))) return Number(text)
  const reason = text === '' ? 'payload_no_value_defined' : 'payload_invalid_value'
  throw new MeterEventRefusal(reason, `The payload's \`${key}\` must be a whole number, as a string.`, {
    param: `payload[${key}]`,
  })
}

/** Takes down what a customer used. It counts at once; Stripe takes its time. */
export const recordMeterEvent = (world: World, input: MeterEventInput): MeterEvent => {
  const meter = activeMeter(world, input.event_name)
  refuseKnown(world, input.identifier)
  const event = world.insert('billing.meter_event', {
    event_name: input.event_name,
    identifier: input.identifier ?? world.ids.secret('meter_event_identifier'),
    payload: input.payload,
    timestamp: timeOf(world, input.timestamp),
    $customer: customerOf(world, meter, input.payload),
    $meter: meter.id,
    $value: measuredValue(meter, input.payload),
  })
  tellAlerts(world, event)
  return event
}

/** Takes an event back, within a day. */
export const cancelMeterEvent = (world: World, name: string, identifier: string): void => {
  const found = world.store
    .all('billing.meter_event')
    .findLast((each) => each.event_name === name && each.identifier === identifier)
  if (!found) {
    throw new MeterEventRefusal('not_found', `No such meter event: '${identifier}'`, { param: 'cancel[identifier]' })
  }
  if (!recent(world, found)) {
    throw new MeterEventRefusal('not_found', 'A meter event can only be canceled within 24 hours of being received.', {
      param: 'cancel[identifier]',
    })
  }
  world.update(found, { $canceled: true })
}
