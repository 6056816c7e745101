import { invalidRequest } from '../../domain/failure.ts'
import type { MeterEventSession } from '../../domain/objects/billing.ts'
import type { World } from '../../world.ts'
import { type MeterEventInput, recordMeterEvent } from './meter-events.ts'
import { MeterEventRefusal } from './refusal.ts'

const sessionSeconds = 15 * 60

const mostEvents = 100

export const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()

/** Opens a stream. What is over is forgotten a day later, so that an expired key is still told apart from a wrong one. */
export const openSession = (world: World): MeterEventSession => {
  const now = world.now()
  const over = world.store.all('v2.billing.meter_event_session').filter((each) => each.$expiresAt < now - 86_400)
  for (const { id } of over) world.store.remove(id)
  return world.insert('v2.billing.meter_event_session', {
    authentication_token: `token_${world.ids.secret('meter_event_session_token')}`,
    created: iso(now),
    expires_at: iso(now + sessionSeconds),
    $expiresAt: now + sessionSeconds,
  })
}

const take = (world: World, event: MeterEventInput): void => {
  try {
    recordMeterEvent(world, event)
  } catch (cause) {
    if (!(cause instanceof MeterEventRefusal)) throw cause
    world.insert('simulator.meter_event_error', {
      code: cause.reason,
      created: world.now(),
      event,
      message: cause.message,
    })
  }
}

/** Takes down a batch. Nobody is told here which of its events are not counted. */
export const streamEvents = (world: World, events: readonly MeterEventInput[]): void => {
  if (events.length > mostEvents) {
    throw invalidRequest(`At most ${mostEvents} events can be sent in one request.`, {
      code: 'invalid_fields',
      param: 'events',
    })
  }
  for (const event of events) take(world, event)
}
