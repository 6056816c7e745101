import type { Subscription } from '../domain/subscription.ts'
import type { RowPage } from './pages.ts'

export interface SubscriptionStore {
  /** Takes a number for a fetch that is about to start: of two fetches the one with the higher number is newer. */
  startFetch(providerSubscriptionId: string): Promise<number>
  /** Saves over older fetches only; what has ended stays ended. Answers what was there before. */
  save(subscription: Subscription, fetch: number): Promise<SavedSubscription>
  find(providerSubscriptionId: string): Promise<Subscription | null>
  /** Those that have not ended. */
  listLive(page: Pick<RowPage, 'after' | 'limit'>): Promise<readonly Subscription[]>
  list(accountRef: string): Promise<readonly Subscription[]>
}

export type SavedSubscription = { outcome: 'saved' | 'stale'; before: Subscription | null }
