export type { Charge } from './actions/charge-credits.ts'
export type { CreditCheck } from './actions/check-credits.ts'
export type { AccountStatus } from './actions/read-status.ts'
export type { ChargeCall, CheckoutCall, GrantCall, TopUpCall } from './calls.ts'
export { type Billing, createBilling } from './create-billing.ts'
export type { Account, Evidence, Identity } from './domain/account.ts'
export type { Catalog, PackDefinition, PlanDefinition, UnitDefinition } from './domain/catalog.ts'
export type { Balance, LedgerEntry } from './domain/credits/operation.ts'
export {
  type CatalogInput,
  defineCatalog,
  type PackInput,
  type PlanCreditsInput,
  type PlanInput,
  type UnitInput,
} from './domain/define-catalog.ts'
export { BillingError, isBillingError } from './domain/errors.ts'
export type { Effect, EffectOf, EffectType } from './domain/event.ts'
export type { Notification, NotificationKind, Recipient } from './domain/notification.ts'
export type { Purchase } from './domain/purchase.ts'
export type { Subscription } from './domain/subscription.ts'
export { fromEnv } from './from-env.ts'
export type { Hook } from './hooks.ts'
export type { Letter, LetterInput, MailTemplate, MailTemplates } from './mail/letter.ts'
export { type MailNotifierOptions, type MailTransport, mailNotifier } from './mail/mail-notifier.ts'
export { memoryStore } from './memory/memory-store.ts'
export { mongoStore } from './mongo/mongo-store.ts'
export type { BillingOptions } from './options.ts'
export type { Clock } from './ports/clock.ts'
export type { Ledger } from './ports/ledger.ts'
export type { Logger } from './ports/logger.ts'
export type { Notifier } from './ports/notifier.ts'
export type { PaymentProvider } from './ports/provider.ts'
export type { BillingStore } from './ports/store.ts'
export { stripeProvider } from './stripe/provider.ts'
