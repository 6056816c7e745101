import type { Claim, Lease } from './inbox.ts'

/** `failed` is tried again at `dueAt`; `dead` no more, until somebody asks for it. */
export type OutgoingState = 'pending' | 'failed' | 'sent' | 'dead'

export type Outgoing<Item> = {
  item: Item
  state: OutgoingState
  /** How often it was tried. */
  attempts: number
  error: string | null
  addedAt: Date
  /** When it is somebody's turn again; null once it is sent, or dead. */
  dueAt: Date | null
  settledAt: Date | null
}

export type OutboxState = {
  /** Of those that are neither sent nor dead. */
  oldestPendingAt: Date | null
  pending: number
  failed: number
  dead: number
}

/** Where a list goes on: at what comes after this one. */
export type OutboxPosition = { addedAt: Date; key: string }

/** What has to reach somebody, at least once each. It is there for good before anybody tries to send it. */
export interface Outbox<Item extends { key: string }> {
  /** Stores those that are new, due at once. */
  add(items: readonly Item[], now: Date): Promise<void>
  /** Stores the item if it is new, and leases it, due or not. `done`: it was sent, or is dead. */
  claim(item: Item, lease: Lease): Promise<Claim>
  /** Leases what is due, the longest due first. */
  claimDue(lease: Lease, limit: number): Promise<readonly Outgoing<Item>[]>
  /** As long as it is the owner's. */
  sent(key: string, owner: string, now: Date): Promise<void>
  /** With `retryAt` null it is dead. */
  fail(key: string, owner: string, result: { error: string; now: Date; retryAt: Date | null }): Promise<void>
  find(key: string): Promise<Outgoing<Item> | null>
  /** In these states, the newest first. */
  list(
    states: readonly OutgoingState[],
    page: { before: OutboxPosition | null; limit: number },
  ): Promise<readonly Outgoing<Item>[]>
  /** Makes it due, however often it failed; false when there is none, it was sent, or somebody is at it. */
  requeue(key: string, now: Date): Promise<boolean>
  state(): Promise<OutboxState>
}
