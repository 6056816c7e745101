import { listOutbox, type OutboxItem, readOutgoing, undelivered } from '../actions/read-outbox.ts'
import { retryOutbox, retryOutgoing } from '../actions/retry-outbox.ts'
import type { Deps } from '../ports/deps.ts'
import { readPage, toCursor } from './admin-page.ts'
import { toTimestamp, toTimestampOrNull } from './views/timestamp.ts'

const states = ['pending', 'failed', 'dead', 'sent'] as const

/** Effects and messages that failed or were given up, or that are in one state, the newest first. */
export const answerOutbox = async (deps: Deps, url: string) => {
  const { state, before, limit } = readPage(states, url)
  const from = before && { addedAt: before.at, key: before.id }
  const { items, next } = await listOutbox(deps, { states: state ? [state] : undelivered, limit, before: from })
  return { items: items.map(toItem), nextCursor: next && toCursor({ at: next.addedAt, id: next.key }) }
}

export const answerOutgoing = async (deps: Deps, key: string) => toItem(await readOutgoing(deps, key))

export const answerRetry = async (deps: Deps, key: string) => toItem(await retryOutgoing(deps, key))

/** All that failed or were given up. What nobody waits for any more is left for the next time. */
export const answerRetryAll = async (deps: Deps, signal: AbortSignal) => {
  const counts = { retried: 0, sent: 0 }
  for await (const { state } of retryOutbox(deps)) {
    counts.retried += 1
    if (state === 'sent') counts.sent += 1
    if (signal.aborted) break
  }
  return counts
}

const toItem = ({ addedAt, dueAt, settledAt, ...item }: OutboxItem) => ({
  kind: item.kind,
  key: item.key,
  type: item.type,
  accountId: item.accountId,
  email: item.email,
  state: item.state,
  attempts: item.attempts,
  error: item.error,
  addedAt: toTimestamp(addedAt),
  dueAt: toTimestampOrNull(dueAt),
  settledAt: toTimestampOrNull(settledAt),
})
