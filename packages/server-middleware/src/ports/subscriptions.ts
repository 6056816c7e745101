import type { Subscription } from '../domain/subscription.ts'
import type { PendingChange } from '../domain/subscription-change.ts'
import type { RowPage } from './pages.ts'

export interface SubscriptionStore {
  /** Takes a number for a fetch that is about to start: of two fetches the one with the higher number is newer. */
  startFetch(providerSubscriptionId: string): Promise<number>
  /**
   * Saves over older fetches only; what has ended stays ended. In the same step it numbers what has changed and keeps
   * that as pending, so that a crash after it loses nothing.
   */
  save(subscription: Subscription, fetch: number, now: Date): Promise<SavedSubscription>
  /** This change has been told. */
  finishChange(providerSubscriptionId: string, number: number): Promise<void>
  /** Those with a change that is pending since before then, the oldest first. */
  listUnfinished(before: Date, limit: number): Promise<readonly ChangedSubscription[]>
  find(providerSubscriptionId: string): Promise<Subscription | null>
  /** Those that have not ended. */
  listLive(page: Pick<RowPage, 'after' | 'limit'>): Promise<readonly Subscription[]>
  list(accountRef: string): Promise<readonly Subscription[]>
}

/** `pending` in the order of their numbers. */
export type ChangedSubscription = { subscription: Subscription; pending: readonly PendingChange[] }

/** With `stale`, the subscription is what was there; null when nothing was. */
export type SavedSubscription =
  | (ChangedSubscription & { outcome: 'saved'; before: Subscription | null })
  | { outcome: 'stale'; subscription: Subscription | null; pending: readonly PendingChange[] }
