import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import type { EventPage, EventState, InboxEvent } from '../ports/inbox.ts'

export type ListEventsInput = EventPage & { states: readonly EventState[] }

/** Events in these states, the newest first; `next` is where to go on, null at the end. */
export const listEvents = async ({ store }: Deps, { states, before, limit }: ListEventsInput) => {
  const found = await store.events.list(states, { before, limit: limit + 1 })
  const events = found.slice(0, limit)
  return { events, next: found.length > limit ? (events.at(-1) ?? null) : null }
}

/** @throws BillingError `not_found` */
export const readEvent = async ({ store }: Deps, eventId: string): Promise<InboxEvent> => {
  const event = await store.events.find(eventId)
  if (event) return event
  throw new BillingError('not_found', `No event ${eventId} has come.`)
}
