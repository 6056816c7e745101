import type { Connection } from 'mongoose'
import type { Clock } from '../ports/clock.ts'
import type { BillingStore } from '../ports/store.ts'
import { createAccounts } from './accounts.ts'
import { createCheckouts } from './checkouts.ts'
import { createDatabase } from './database.ts'
import { createEffects } from './effects.ts'
import { createEvents } from './events.ts'
import { createPaymentAttempts, createSubscriptionChanges } from './histories.ts'
import { createLeases } from './leases.ts'
import { createLedger } from './ledger/ledger.ts'
import { createMarks } from './marks.ts'
import { createMirrors } from './mirrors.ts'
import { createNotifications } from './notifications.ts'
import { createPortalVisits } from './portal-visits.ts'
import { createPurchases } from './purchases.ts'
import { createRequests } from './requests.ts'
import { createSubscriptions } from './subscriptions.ts'

/**
 * `connection` is the host's, of mongoose 8 or 9, open or still opening; it stays the host's to close. `prefix` begins
 * the name of every collection. `clock` dates the ledger's entries; the machine's when it is left out.
 */
export type MongoStoreOptions = { connection: Connection; prefix?: string; clock?: Pick<Clock, 'now'> }

/**
 * Keeps everything in the host's MongoDB: a standalone, a replica set or a sharded cluster. Needs no transactions.
 *
 * `migrate()` makes the indexes and has to run once per deployment, before traffic: without the unique ones every call
 * is refused with `misconfigured`.
 *
 * @throws BillingError (from every method) `store_unavailable`, `misconfigured`; from the ledger also `outcome_unknown`
 * @example
 * const store = mongoStore({ connection: mongoose.connection })
 * await store.migrate()
 */
export const mongoStore = (options: MongoStoreOptions): BillingStore => {
  const { connection, prefix = 'billing_', clock = { now: () => new Date() } } = options
  const database = createDatabase(connection, prefix)
  const ledger = createLedger(database, clock)
  return {
    accounts: createAccounts(database),
    purchases: createPurchases(database),
    checkouts: createCheckouts(database),
    subscriptions: createSubscriptions(database),
    subscriptionChanges: createSubscriptionChanges(database),
    paymentAttempts: createPaymentAttempts(database),
    ...createMirrors(database),
    events: createEvents(database),
    effects: createEffects(database),
    notifications: createNotifications(database),
    requests: createRequests(database),
    portalVisits: createPortalVisits(database),
    ledger,
    leases: createLeases(database),
    marks: createMarks(database),
    migrate: database.migrate,
    ping: database.ping,
    close: ledger.close,
  }
}
