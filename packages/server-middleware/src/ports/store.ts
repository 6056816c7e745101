import type { PaymentAttempt } from '../domain/payment-attempt.ts'
import type { SubscriptionChange } from '../domain/subscription-change.ts'
import type { AccountStore } from './accounts.ts'
import type { CheckoutStore } from './checkouts.ts'
import type { EffectLog } from './effects.ts'
import type { History, PersonalHistory } from './history.ts'
import type { EventInbox } from './inbox.ts'
import type { LeaseStore } from './leases.ts'
import type { Ledger } from './ledger.ts'
import type { MarkStore } from './marks.ts'
import type { Mirrors } from './mirrors.ts'
import type { NotificationLog } from './notifications.ts'
import type { PortalVisits } from './portal-visits.ts'
import type { PurchaseStore } from './purchases.ts'
import type { RequestLog } from './requests.ts'
import type { SubscriptionStore } from './subscriptions.ts'

/** `missing` and `differs` are what a dry run finds; otherwise it was put right. */
export type IndexChange = { index: string; change: 'missing' | 'differs' | 'created' | 'recreated' }

/** Everything that is kept. Each store is consistent on its own: nothing needs a transaction. */
export interface BillingStore extends Mirrors {
  readonly accounts: AccountStore
  readonly purchases: PurchaseStore
  readonly checkouts: CheckoutStore
  readonly subscriptions: SubscriptionStore
  readonly subscriptionChanges: History<SubscriptionChange>
  readonly paymentAttempts: PersonalHistory<PaymentAttempt>
  readonly events: EventInbox
  readonly effects: EffectLog
  readonly notifications: NotificationLog
  readonly requests: RequestLog
  readonly portalVisits: PortalVisits
  readonly ledger: Ledger
  readonly leases: LeaseStore
  readonly marks: MarkStore
  /** Makes the indexes that are missing, and anew those that differ, or only says which they are. */
  migrate(options?: { dryRun?: boolean }): Promise<readonly IndexChange[]>
  /** Throws when nothing can be read now. */
  ping(): Promise<void>
  close(): Promise<void>
}
