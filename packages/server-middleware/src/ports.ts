import type { Account } from './domain/account.ts'
import type { Catalog } from './domain/catalog.ts'
import type { Checkout, CheckoutSnapshot } from './domain/checkout.ts'
import type { BookEntry } from './domain/credits/entry.ts'
import type { Balance, LedgerEntry, LedgerRef, Operation, Posting } from './domain/credits/operation.ts'
import type { LedgerState } from './domain/credits/state.ts'
import type { Effect, ProviderEvent } from './domain/event.ts'
import type { InvoiceSnapshot } from './domain/invoice.ts'
import type { Policy } from './domain/policy.ts'
import type {
  CatalogChange,
  CheckoutInput,
  ConfirmInput,
  CustomerInput,
  PaymentInput,
  PortalInput,
  RefundInput,
  RefundSnapshot,
  Reversals,
  WebhookInput,
} from './domain/provider-call.ts'
import type { PaymentSnapshot, Purchase } from './domain/purchase.ts'
import type { Subscription, SubscriptionSnapshot } from './domain/subscription.ts'

/**
 * Whoever takes the money. Every `create*` is idempotent by its `attemptId`; every `find*` asks the provider for the
 * truth, null when it has no such object.
 *
 * @throws BillingError `provider_unavailable` (try again), `provider_refused` (it says why in `cause`)
 */
export interface PaymentProvider {
  /** As in `/webhook/:provider`: `'stripe'`. */
  readonly id: string
  readonly mode: 'test' | 'live'
  readonly publishableKey: string
  /** What its hosted checkout does, for pages to know. */
  readonly features: { promotionCodes: boolean; tax: boolean }
  /** Hands it the log of the billing that it works for, so that each request can be found again. */
  logTo?(logger: Logger): void
  createCustomer(input: CustomerInput): Promise<{ providerCustomerId: string }>
  createCheckoutSession(input: CheckoutInput): Promise<CheckoutSnapshot>
  findCheckoutSession(providerSessionId: string): Promise<CheckoutSnapshot | null>
  /** Closes it if it is still open; gives the truth either way. */
  expireCheckoutSession(providerSessionId: string): Promise<CheckoutSnapshot>
  createPaymentIntent(input: PaymentInput): Promise<PaymentSnapshot>
  findPaymentIntent(providerPaymentId: string): Promise<PaymentSnapshot | null>
  /** Pays with a method on file, from the server. */
  confirmPaymentIntent(input: ConfirmInput): Promise<PaymentSnapshot>
  /** Pays at once with the customer's method on file, nobody present; null when there is none. */
  payOffSession(input: PaymentInput): Promise<PaymentSnapshot | null>
  cancelPaymentIntent(providerPaymentId: string): Promise<PaymentSnapshot>
  /** All refunds and disputes of a payment, as they stand. */
  findReversals(providerPaymentId: string): Promise<Reversals>
  refundPayment(input: RefundInput): Promise<RefundSnapshot>
  openPortal(input: PortalInput): Promise<{ url: string }>
  findSubscription(providerSubscriptionId: string): Promise<SubscriptionSnapshot | null>
  /** All of a customer's, ended ones included. */
  listSubscriptions(providerCustomerId: string): Promise<readonly SubscriptionSnapshot[]>
  findInvoice(providerInvoiceId: string): Promise<InvoiceSnapshot | null>
  /** The paid invoices of a subscription, oldest first. */
  listPaidInvoices(providerSubscriptionId: string): Promise<readonly InvoiceSnapshot[]>
  /** @throws BillingError `webhook_signature_invalid` */
  verifyWebhook(input: WebhookInput): Promise<ProviderEvent>
  /** The event as the provider holds it: proves the origin of a notice whose signed bytes are gone. */
  findEvent(providerEventId: string): Promise<ProviderEvent | null>
  /** Brings the provider's products, prices and portal in line with the catalog. */
  pushCatalog(catalog: Catalog): Promise<readonly CatalogChange[]>
  /** The same comparison, changing nothing. */
  checkCatalog(catalog: Catalog): Promise<readonly CatalogChange[]>
}

export type NewAccount = Pick<Account, 'accountId' | 'email' | 'name'>

export interface AccountStore {
  /** Finds or creates; a known account takes over an e-mail or name that is new. */
  ensure(account: NewAccount, now: Date): Promise<Account>
  find(accountId: string): Promise<Account | null>
  findByRef(ref: string): Promise<Account | null>
  findByCustomer(providerCustomerId: string): Promise<Account | null>
  /** Sets the customer of an account that has none; answers the account as it then is. */
  linkCustomer(ref: string, providerCustomerId: string): Promise<Account>
}

/** `taken`: an open one of the same account and pack was there; it is `purchase`. */
export type OpenedPurchase = { outcome: 'opened' | 'taken'; purchase: Purchase }

export interface PurchaseStore {
  /** Writes the row; at most one purchase that is open in the page per account, pack and quantity. */
  open(purchase: Purchase): Promise<OpenedPurchase>
  find(id: string): Promise<Purchase | null>
  findByPayment(providerPaymentId: string): Promise<Purchase | null>
  linkPayment(id: string, providerPaymentId: string): Promise<Purchase>
  /** Moves it on. `succeeded` and `canceled` are final: the row is answered as it is. */
  settle(id: string, change: PurchaseChange): Promise<Purchase>
  eraseEvidence(accountRef: string): Promise<number>
}

export type PurchaseChange = Pick<Purchase, 'status' | 'failure' | 'settledAt'>

export type OpenedCheckout = { outcome: 'opened' | 'taken'; checkout: Checkout }

export interface CheckoutStore {
  /** Writes the row; at most one open checkout per account and slot. */
  open(checkout: Checkout): Promise<OpenedCheckout>
  findBySession(providerSessionId: string): Promise<Checkout | null>
  linkSession(id: string, snapshot: CheckoutSnapshot): Promise<Checkout>
  /** `complete` and `expired` are final. */
  close(id: string, change: CheckoutChange): Promise<Checkout>
  eraseEvidence(accountRef: string): Promise<number>
}

export type CheckoutChange = Pick<Checkout, 'status' | 'paid' | 'providerSubscriptionId'>

export interface SubscriptionStore {
  /** Takes a number for a fetch that is about to start: of two fetches the one with the higher number is newer. */
  startFetch(providerSubscriptionId: string): Promise<number>
  /** Saves over older fetches only; what has ended stays ended. Answers what was there before. */
  save(subscription: Subscription, fetch: number): Promise<SavedSubscription>
  find(providerSubscriptionId: string): Promise<Subscription | null>
  list(accountRef: string): Promise<readonly Subscription[]>
}

export type SavedSubscription = { outcome: 'saved' | 'stale'; before: Subscription | null }

/** `mine`: do the work, then settle. `done`: nothing to do. `busy`: somebody else is at it. */
export type Claim = 'mine' | 'done' | 'busy'

export type InboxState = { lastReceivedAt: Date | null; oldestPendingAt: Date | null; pending: number; failed: number }

export interface EventInbox {
  /** Stores the event if it is new and leases it to `owner`; a lease that has run out is taken over. */
  claim(event: ProviderEvent, lease: { owner: string; now: Date; until: Date }): Promise<Claim>
  settle(eventId: string, owner: string, result: { state: 'done' | 'ignored'; now: Date }): Promise<void>
  fail(eventId: string, owner: string, result: { error: string; now: Date }): Promise<void>
  state(): Promise<InboxState>
}

export interface EffectLog {
  /** Writes the effect down under its key; `delivered` when that was done and acted upon before. */
  add(effect: Effect, now: Date): Promise<'pending' | 'delivered'>
  delivered(key: string, now: Date): Promise<void>
}

export type StoredAnswer = { status: number; body: string }

/** `new`: go on, then answer or release. */
export type RequestClaim =
  | { outcome: 'new' | 'conflict' | 'in_progress' }
  | { outcome: 'answered'; answer: StoredAnswer }

export type RequestKey = { scope: string; key: string }

/** First answers to mutating requests, by Idempotency-Key within the caller's scope; kept for 30 days. */
export interface RequestLog {
  claim(request: RequestKey & { fingerprint: string; now: Date; until: Date }): Promise<RequestClaim>
  answer(request: RequestKey, answer: StoredAnswer): Promise<void>
  release(request: RequestKey): Promise<void>
}

/** Tokens that make the first look after a portal visit synchronise; each works once. */
export interface PortalVisits {
  open(token: string, accountRef: string, now: Date): Promise<void>
  /** Whether it was open, and the account's; it no longer is. */
  close(token: string, accountRef: string): Promise<boolean>
}

/** Everything that is kept. Each store is consistent on its own: nothing needs a transaction. */
export interface BillingStore {
  readonly accounts: AccountStore
  readonly purchases: PurchaseStore
  readonly checkouts: CheckoutStore
  readonly subscriptions: SubscriptionStore
  readonly events: EventInbox
  readonly effects: EffectLog
  readonly requests: RequestLog
  readonly portalVisits: PortalVisits
  readonly ledger: Ledger
  /** Makes what is missing (indexes); answers the names of what it made. */
  migrate(): Promise<readonly string[]>
  /** Throws when nothing can be read now. */
  ping(): Promise<void>
  close(): Promise<void>
}

/** A book as a whole: what is kept of it, and all its entries from the first on, in portions. */
export type OpenedBook = {
  id: string
  state: LedgerState
  entries: AsyncIterable<readonly BookEntry[]>
  /** The hash that its entries are sealed with. */
  hash: (text: string) => string
}

/**
 * Books of credits. Every operation is one atomic, durable step; parallel ones never overdraw.
 *
 * @throws BillingError `store_unavailable`, `outcome_unknown` (ask again with the same key), `too_many_requests`
 */
export interface Ledger {
  post(ledger: LedgerRef, operation: Operation): Promise<Posting>
  /** The figures as this process knows them, if it does: others may have written since. */
  peek(ledger: LedgerRef): Balance | null
  /** The figures as they stand in the database. */
  read(ledger: LedgerRef): Promise<Balance>
  /** Every book, or the one of this id, for whoever checks them: to be read one after the other. */
  books(ledgerId?: string): AsyncIterable<OpenedBook>
  /** Finishes what processes that died since left half done; gives how many books it found. */
  tidy(before: Date): Promise<number>
  /** The ids of the books that this process wrote in last, the newest first. */
  recent(limit: number): readonly string[]
  /** Newest first; `before` is the `seq` to go on from. */
  list(ledger: LedgerRef, page: { before: number | null; limit: number }): Promise<readonly LedgerEntry[]>
}

export interface Clock {
  now(): Date
  /** Calls `work` once, after that many milliseconds; the function it gives back calls it off. */
  after(milliseconds: number, work: () => void): () => void
}

/** Who hears of effects: the host's hooks today, mail tomorrow. Throws when somebody who must hear could not. */
export interface Notifier {
  notify(effect: Effect): Promise<void>
}

/** Structured logs: an event's name with its fields. pino fits. */
export interface Logger {
  info(fields: LogFields, event: string): void
  warn(fields: LogFields, event: string): void
  error(fields: LogFields, event: string): void
}

export type LogFields = Readonly<Record<string, unknown>>

/** All that an action may need. */
export type Deps = {
  provider: PaymentProvider
  store: BillingStore
  clock: Clock
  notifier: Notifier
  logger: Logger
  catalog: Catalog
  policy: Policy
  /** A fresh random id. One that carries its time (UUIDv7) spares the ledger a look for older uses of it. */
  newId: () => string
}
