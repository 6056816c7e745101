import type { ProviderEvent } from '../domain/event.ts'

/** For how long an event is `owner`'s; after `until` it is due again, for anybody. */
export type Lease = { owner: string; now: Date; until: Date }

/** `subject`: what it is about, so that all events about it can be worked on together. */
export type IncomingEvent = ProviderEvent & { subject: string }

/** `failed` is tried again at `dueAt`; `dead` no more, until somebody asks for it. */
export type EventState = 'received' | 'failed' | 'done' | 'ignored' | 'dead'

export type InboxEvent = IncomingEvent & {
  state: EventState
  /** How often it was worked on. */
  attempts: number
  error: string | null
  receivedAt: Date
  /** When it is somebody's turn again; null once it is settled. */
  dueAt: Date | null
  settledAt: Date | null
}

/** `before` is the event to go on from. */
export type EventPage = { before: Pick<InboxEvent, 'receivedAt' | 'id'> | null; limit: number }

/** `mine`: do the work, then settle. `done`: nothing to do. `busy`: somebody else is at it. */
export type Claim = { outcome: 'mine'; attempts: number } | { outcome: 'done' | 'busy' }

export type InboxState = {
  lastReceivedAt: Date | null
  /** Of those that are received and not settled. */
  oldestPendingAt: Date | null
  pending: number
  failed: number
  dead: number
}

/** What came from the provider, kept until long after it is done. */
export interface EventInbox {
  /** Stores the event if it is new, due at once. */
  add(event: IncomingEvent, now: Date): Promise<'added' | 'known'>
  /** Stores the event if it is new, and leases it; what failed, died, or was leased for too long is taken over. */
  claim(event: IncomingEvent, lease: Lease): Promise<Claim>
  /**
   * Leases all that is due of at most so many subjects, the longest due first: of those of which something is due since
   * `dueSince`, if given.
   */
  claimDue(lease: Lease, mostSubjects: number, dueSince?: Date): Promise<readonly InboxEvent[]>
  /** How many came since then; counts no further than `most`. */
  countReceived(since: Date, most: number): Promise<number>
  /** Of these the owner's. */
  settle(eventIds: readonly string[], owner: string, result: { state: 'done' | 'ignored'; now: Date }): Promise<void>
  /** With `retryAt` null it is dead. */
  fail(eventId: string, owner: string, result: { error: string; now: Date; retryAt: Date | null }): Promise<void>
  find(eventId: string): Promise<InboxEvent | null>
  /** In these states, the newest first. */
  list(states: readonly EventState[], page: EventPage): Promise<readonly InboxEvent[]>
  /** Makes it due, whatever became of it; false when there is none, or somebody is at it. */
  requeue(eventId: string, now: Date): Promise<boolean>
  /** Forgets what the events about a customer said. */
  erasePayloads(providerCustomerId: string): Promise<number>
  state(): Promise<InboxState>
}
