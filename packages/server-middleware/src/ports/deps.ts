import type { Catalog } from '../domain/catalog.ts'
import type { Policy } from '../domain/policy.ts'
import type { Clock } from './clock.ts'
import type { Coalesce } from './coalesce.ts'
import type { Listener } from './listener.ts'
import type { Logger } from './logger.ts'
import type { Metrics } from './metrics.ts'
import type { Correspondence } from './notifier.ts'
import type { PaymentProvider } from './provider.ts'
import type { BillingStore } from './store.ts'

/** All that an action may need. */
export type Deps = {
  provider: PaymentProvider
  store: BillingStore
  clock: Clock
  listener: Listener
  /** Null: nobody is written to. */
  correspondence: Correspondence | null
  logger: Logger
  metrics: Metrics
  coalesce: Coalesce
  catalog: Catalog
  policy: Policy
  /** A fresh random id. One that carries its time (UUIDv7) spares the ledger a look for older uses of it. */
  newId: () => string
}
