import type {
  BalanceTransaction,
  ConfirmationToken,
  PortalConfiguration,
  PortalSession,
  StripeEvent,
  WebhookEndpoint,
} from './account.ts'
import type { Alert, FeedbackOption, Meter, MeterEvent, MeterEventError, MeterEventSession } from './billing.ts'
import type { Coupon, Discount, Price, Product, PromotionCode } from './catalog.ts'
import type { CheckoutSession } from './checkout.ts'
import type { ShippingRate } from './checkout-parts.ts'
import type {
  AccountLink,
  Application,
  ApplicationFee,
  ConnectedAccount,
  FeeRefund,
  Transfer,
  TransferReversal,
} from './connect.ts'
import type { CreditBalanceTransaction, CreditGrant } from './credit.ts'
import type { CreditNote, CustomerBalanceTransaction } from './credit-note.ts'
import type { Customer, Mandate, PaymentMethod } from './customer.ts'
import type { CustomerSession } from './customer-session.ts'
import type { Dispute } from './dispute.ts'
import type { ActiveEntitlement, EntitlementFeature, ProductFeature } from './entitlement.ts'
import type { Invoice, InvoiceItem, InvoicePayment } from './invoice.ts'
import type { Charge, PaymentIntent, Refund, SetupIntent } from './payment.ts'
import type { SubscriptionSchedule } from './schedule.ts'
import type { Subscription } from './subscription.ts'
import type { TaxId, TaxRate } from './tax.ts'
import type { TestClock } from './test-clock.ts'

/** What the simulator keeps, by the value of Stripe's `object` field. */
export interface StripeObjects {
  account: ConnectedAccount
  account_link: AccountLink
  application: Application
  application_fee: ApplicationFee
  balance_transaction: BalanceTransaction
  'billing.alert': Alert
  'billing.credit_balance_transaction': CreditBalanceTransaction
  'billing.credit_grant': CreditGrant
  'billing.feedback_option': FeedbackOption
  'billing.meter': Meter
  'billing.meter_event': MeterEvent
  'billing_portal.configuration': PortalConfiguration
  'billing_portal.session': PortalSession
  charge: Charge
  'checkout.session': CheckoutSession
  confirmation_token: ConfirmationToken
  coupon: Coupon
  credit_note: CreditNote
  customer: Customer
  customer_balance_transaction: CustomerBalanceTransaction
  customer_session: CustomerSession
  discount: Discount
  dispute: Dispute
  'entitlements.active_entitlement': ActiveEntitlement
  'entitlements.feature': EntitlementFeature
  event: StripeEvent
  fee_refund: FeeRefund
  invoice: Invoice
  invoice_payment: InvoicePayment
  invoiceitem: InvoiceItem
  mandate: Mandate
  payment_intent: PaymentIntent
  payment_method: PaymentMethod
  price: Price
  product: Product
  product_feature: ProductFeature
  promotion_code: PromotionCode
  refund: Refund
  setup_intent: SetupIntent
  shipping_rate: ShippingRate
  'simulator.meter_event_error': MeterEventError
  subscription: Subscription
  subscription_schedule: SubscriptionSchedule
  tax_id: TaxId
  tax_rate: TaxRate
  transfer: Transfer
  transfer_reversal: TransferReversal
  'test_helpers.test_clock': TestClock
  'v2.billing.meter_event_session': MeterEventSession
  webhook_endpoint: WebhookEndpoint
}

export type ObjectName = keyof StripeObjects
