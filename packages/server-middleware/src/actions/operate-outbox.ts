import type { Deps } from '../ports/deps.ts'
import type { OutgoingState } from '../ports/outbox.ts'
import { listOutbox, type OutboxItem, type OutboxPage, undelivered } from './read-outbox.ts'
import { retryOutbox, retryOutgoing } from './retry-outbox.ts'

/** What operators do about effects that no hook took and messages that did not go out. */
export type OutboxOperations = {
  /** What failed or was given up, or what is in these states, the newest first. */
  list(input?: { states?: readonly OutgoingState[]; limit?: number }): Promise<OutboxPage>
  /** Tells or sends one now, however often it failed, unless it was sent. */
  retry(key: string): Promise<OutboxItem>
  /** The same for all that failed or were given up, the newest first, as you ask for them. */
  retryAll(): AsyncIterable<OutboxItem>
}

export const operateOutbox = (deps: Deps): OutboxOperations => ({
  list: ({ states = undelivered, limit = 20 } = {}) => listOutbox(deps, { states, limit, before: null }),
  retry: (key) => retryOutgoing(deps, key),
  retryAll: () => retryOutbox(deps),
})
