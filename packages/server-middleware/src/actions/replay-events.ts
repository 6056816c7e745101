import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import type { EventState, InboxEvent, IncomingEvent } from '../ports/inbox.ts'
import { applyEvents } from './apply-events.ts'
import { leaseFrom } from './lease-from.ts'
import { subjectFor } from './read-facts.ts'

/** How an event is after its replay; `busy`: another process was at it, and settles it. */
export type ReplayedEvent = Pick<InboxEvent, 'id' | 'type' | 'error'> & { state: EventState | 'busy' }

/** Those in these states, and received since then. */
export type ReplayInput = { states: readonly EventState[]; since: Date | null }

/**
 * Applies an event again, whatever became of it before. One that never came, or whose content was erased, is fetched from
 * the provider.
 *
 * @throws BillingError `not_found` when neither we nor the provider have it
 */
export const replayEvent = async (deps: Deps, eventId: string): Promise<ReplayedEvent> => {
  const event = (await requeue(deps, eventId)) ?? (await fetchEvent(deps, eventId))
  const lease = leaseFrom(deps)
  const claim = await deps.store.events.claim(event, lease)
  if (claim.outcome === 'mine') await applyEvents(deps, [{ ...event, attempts: claim.attempts }], lease.owner)
  const { id, type, state, error } = (await deps.store.events.find(eventId)) ?? { ...event, state: 'busy', error: null }
  deps.logger.info({ eventId: id, type, result: state }, 'event_replayed')
  return { id, type, error, state: claim.outcome === 'busy' ? 'busy' : state }
}

/** Null when it never came. */
const requeue = async ({ store, clock }: Deps, eventId: string): Promise<InboxEvent | null> => {
  const event = await store.events.find(eventId)
  if (event) await store.events.requeue(eventId, clock.now())
  return event
}

const fetchEvent = async (deps: Deps, eventId: string): Promise<IncomingEvent> => {
  const event = await deps.provider.findEvent(eventId)
  if (event?.mode === deps.provider.mode) return { ...event, subject: subjectFor(deps, event) }
  throw new BillingError('not_found', `There is no event ${eventId}: it never came, and the payment provider has none.`)
}

const eventsAtOnce = 100

/** Replays them one after the other, the newest first. */
export async function* replayEvents(deps: Deps, { states, since }: ReplayInput): AsyncIterable<ReplayedEvent> {
  let before: InboxEvent | null = null
  do {
    const page: readonly InboxEvent[] = await deps.store.events.list(states, { before, limit: eventsAtOnce })
    const wanted = page.filter(({ receivedAt }) => since === null || receivedAt >= since)
    for (const { id } of wanted) yield await replayEvent(deps, id)
    before = wanted.length === eventsAtOnce ? (wanted.at(-1) ?? null) : null
  } while (before !== null)
}
