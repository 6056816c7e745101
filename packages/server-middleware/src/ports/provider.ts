import type { Catalog } from '../domain/catalog.ts'
import type { CheckoutSnapshot } from '../domain/checkout.ts'
import type { CustomerSnapshot } from '../domain/customer.ts'
import type { DisputeSnapshot } from '../domain/dispute.ts'
import type { Fact, ProviderEvent } from '../domain/event.ts'
import type { InvoiceSnapshot } from '../domain/invoice.ts'
import type { AttemptSnapshot } from '../domain/payment-attempt.ts'
import type { PaymentMethodSnapshot } from '../domain/payment-method.ts'
import type {
  CatalogChange,
  CheckoutInput,
  ConfirmInput,
  CustomerInput,
  EventList,
  EventListInput,
  PaymentInput,
  PortalInput,
  RefundInput,
  RefundSnapshot,
  Reversals,
  SubscriptionList,
  SubscriptionListInput,
  WebhookInput,
} from '../domain/provider-call.ts'
import type { PaymentSnapshot } from '../domain/purchase.ts'
import type { SubscriptionSnapshot } from '../domain/subscription.ts'
import type { Logger } from './logger.ts'
import type { Metrics } from './metrics.ts'

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
  /** The types of its events that mean something here, in its own words. */
  readonly eventTypes: readonly string[]
  /** What its hosted checkout does, for pages to know. */
  readonly features: { promotionCodes: boolean; tax: boolean }
  /** Hands it the log of the billing that it works for, so that each request can be found again. */
  logTo?(logger: Logger): void
  /** Hands it the metrics of that billing, so that each request is counted. */
  countIn?(metrics: Pick<Metrics, 'providerCall'>): void
  createCustomer(input: CustomerInput): Promise<{ providerCustomerId: string }>
  /** A deleted one says so. */
  findCustomer(providerCustomerId: string): Promise<CustomerSnapshot | null>
  findPaymentMethod(providerPaymentMethodId: string): Promise<PaymentMethodSnapshot | null>
  /** Those that a customer has on file; none of one who was deleted. */
  listPaymentMethods(providerCustomerId: string): Promise<readonly PaymentMethodSnapshot[]>
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
  /** All tries to take the money of a payment that have come to an end, the oldest first. */
  listAttempts(providerPaymentId: string): Promise<readonly AttemptSnapshot[]>
  /** All refunds and disputes of a payment, as they stand. */
  findReversals(providerPaymentId: string): Promise<Reversals>
  findDispute(providerDisputeId: string): Promise<DisputeSnapshot | null>
  refundPayment(input: RefundInput): Promise<RefundSnapshot>
  openPortal(input: PortalInput): Promise<{ url: string }>
  findSubscription(providerSubscriptionId: string): Promise<SubscriptionSnapshot | null>
  /** All of a customer's, ended ones included. */
  listSubscriptions(providerCustomerId: string): Promise<readonly SubscriptionSnapshot[]>
  /** Everybody's, ended ones included, whether they are of ours or not. */
  listAllSubscriptions(page: SubscriptionListInput): Promise<SubscriptionList>
  findInvoice(providerInvoiceId: string): Promise<InvoiceSnapshot | null>
  /** A customer's newest, in whichever state. */
  listInvoices(providerCustomerId: string): Promise<readonly InvoiceSnapshot[]>
  /** The paid invoices of a subscription, oldest first. */
  listPaidInvoices(providerSubscriptionId: string): Promise<readonly InvoiceSnapshot[]>
  /** @throws BillingError `webhook_signature_invalid` */
  verifyWebhook(input: WebhookInput): Promise<ProviderEvent>
  /** The event as the provider holds it: proves the origin of a notice whose signed bytes are gone. */
  findEvent(providerEventId: string): Promise<ProviderEvent | null>
  /** What has happened, as far back as the provider remembers, the newest first. */
  listEvents(page: EventListInput): Promise<EventList>
  /**
   * What an event means to us; null when nothing.
   *
   * @throws BillingError `provider_refused` when it has a shape that is not known here
   */
  readFact(event: ProviderEvent): Fact | null
  /** Brings the provider's products, prices and portal in line with the catalog. */
  pushCatalog(catalog: Catalog): Promise<readonly CatalogChange[]>
  /** The same comparison, changing nothing. */
  checkCatalog(catalog: Catalog): Promise<readonly CatalogChange[]>
}
