import type { Clock } from '../ports/clock.ts'
import type { BillingStore } from '../ports/store.ts'
import { createAccounts } from './accounts.ts'
import { createCheckouts } from './checkouts.ts'
import { createEvents } from './events.ts'
import { createPaymentAttempts, createSubscriptionChanges } from './histories.ts'
import { createLeases } from './leases.ts'
import { createLedger } from './ledger.ts'
import { createMarks } from './marks.ts'
import { createMirrors } from './mirrors.ts'
import { createNotifications } from './notifications.ts'
import { createOutbox } from './outbox.ts'
import { createPortalVisits } from './portal-visits.ts'
import { createPurchases } from './purchases.ts'
import { createRequests } from './requests.ts'
import { createSubscriptions } from './subscriptions.ts'

/** `clock` dates the ledger's entries; the machine's when it is left out. */
export type MemoryStoreOptions = { clock?: Pick<Clock, 'now'> }

/**
 * Keeps everything in this process, until it ends: for tests, for a first look, and to read what each port means.
 * It answers as `mongoStore` does (one suite holds both to that), but two processes never see each other's.
 *
 * @example const billing = createBilling({ store: memoryStore(), provider, catalog, identify })
 */
export const memoryStore = ({ clock = { now: () => new Date() } }: MemoryStoreOptions = {}): BillingStore => ({
  accounts: createAccounts(),
  purchases: createPurchases(),
  checkouts: createCheckouts(),
  subscriptions: createSubscriptions(),
  subscriptionChanges: createSubscriptionChanges(),
  paymentAttempts: createPaymentAttempts(),
  ...createMirrors(),
  events: createEvents(),
  effects: createOutbox(),
  notifications: createNotifications(),
  requests: createRequests(),
  portalVisits: createPortalVisits(),
  ledger: createLedger(clock),
  leases: createLeases(),
  marks: createMarks(),
  migrate: async () => [],
  ping: async () => {},
  close: async () => {},
})
