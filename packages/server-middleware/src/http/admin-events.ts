import { listEvents, readEvent } from '../actions/read-events.ts'
import { replayEvent } from '../actions/replay-events.ts'
import type { Deps } from '../ports/deps.ts'
import type { InboxEvent } from '../ports/inbox.ts'
import { readPage, toCursor } from './admin-page.ts'
import { toTimestamp, toTimestampOrNull } from './views/timestamp.ts'

const states = ['received', 'failed', 'dead', 'done', 'ignored'] as const

/** What failed and what is dead, or what is in one state, the newest first. */
export const answerEvents = async (deps: Deps, url: string) => {
  const { state, before, limit } = readPage(states, url)
  const from = before && { receivedAt: before.at, id: before.id }
  const page = { states: state ? [state] : (['failed', 'dead'] as const), limit, before: from }
  const { events, next } = await listEvents(deps, page)
  return { items: events.map(toEvent), nextCursor: next && toCursor({ at: next.receivedAt, id: next.id }) }
}

export const answerEvent = async (deps: Deps, eventId: string) => toEvent(await readEvent(deps, eventId))

export const answerReplay = async (deps: Deps, eventId: string) => {
  const { state: result } = await replayEvent(deps, eventId)
  return { result, event: await answerEvent(deps, eventId) }
}

/** Not what it says: that may be about people, and is at the provider. */
const toEvent = ({ id, type, objectId, subject, state: is, attempts, error, ...event }: InboxEvent) => ({
  id,
  type,
  objectId,
  subject,
  apiVersion: event.apiVersion,
  state: is,
  attempts,
  error,
  receivedAt: toTimestamp(event.receivedAt),
  dueAt: toTimestampOrNull(event.dueAt),
  settledAt: toTimestampOrNull(event.settledAt),
})
