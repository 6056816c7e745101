import { z } from 'zod'
import { type EventPosition, listEvents, readEvent } from '../actions/read-events.ts'
import { replayEvent } from '../actions/replay-events.ts'
import type { Deps } from '../ports/deps.ts'
import type { InboxEvent } from '../ports/inbox.ts'
import { readQuery } from './read-query.ts'
import { check, invalidRequest } from './validate.ts'
import { toTimestamp, toTimestampOrNull } from './views/timestamp.ts'

const state = z.enum(['received', 'failed', 'dead', 'done', 'ignored'])

const query = z.strictObject({
  state: state.optional(),
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z
    .string()
    .transform((text, { addIssue }) => {
      const position = toPosition(text)
      if (position) return position
      addIssue('is not one that was given with a list')
      return z.NEVER
    })
    .optional(),
})

/** What failed and what is dead, or what is in one state, the newest first. */
export const answerEvents = async (deps: Deps, url: string) => {
  const { fields, value } = check(query, readQuery(url))
  if (fields.length > 0) throw invalidRequest(fields)
  const { state: only, limit, cursor } = value as z.output<typeof query>
  const states = only === undefined ? (['failed', 'dead'] as const) : [only]
  const { events, next } = await listEvents(deps, { states, limit, before: cursor ?? null })
  return { items: events.map(toEvent), nextCursor: next && toCursor(next) }
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

const toCursor = ({ receivedAt, id }: EventPosition): string =>
  Buffer.from(JSON.stringify([receivedAt.getTime(), id])).toString('base64url')

const position = z.tuple([z.int(), z.string()])

const toPosition = (cursor: string): EventPosition | null => {
  try {
    const [milliseconds, id] = position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { receivedAt: new Date(milliseconds), id }
  } catch {
    return null
  }
}
