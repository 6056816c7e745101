import { accountRoutes } from './resources/accounts.ts'
import { alertRoutes } from './resources/alerts.ts'
import { applicationFeeRoutes } from './resources/application-fees.ts'
import { balanceTransactionRoutes } from './resources/balance-transactions.ts'
import { captureRoutes } from './resources/captures.ts'
import { chargeRoutes } from './resources/charges.ts'
import { checkoutSessionRoutes } from './resources/checkout-sessions.ts'
import { confirmationTokenRoutes } from './resources/confirmation-tokens.ts'
import { couponRoutes } from './resources/coupons.ts'
import { creditNoteRoutes } from './resources/credit-notes.ts'
import { creditRoutes } from './resources/credits.ts'
import { customerBalanceRoutes } from './resources/customer-balance.ts'
import { customerSessionRoutes } from './resources/customer-sessions.ts'
import { customerRoutes } from './resources/customers.ts'
import { disputeRoutes } from './resources/disputes.ts'
import { entitlementRoutes } from './resources/entitlements.ts'
import { eventRoutes } from './resources/events.ts'
import { feedbackOptionRoutes } from './resources/feedback-options.ts'
import { invoiceItemRoutes } from './resources/invoice-items.ts'
import { invoiceLineRoutes } from './resources/invoice-lines.ts'
import { invoicePaymentRoutes } from './resources/invoice-payments.ts'
import { invoiceRoutes } from './resources/invoices.ts'
import { meterEventRoutes } from './resources/meter-events.ts'
import { meterRoutes } from './resources/meters.ts'
import { microdepositRoutes } from './resources/microdeposits.ts'
import { paymentIntentVerbRoutes } from './resources/payment-intent-verbs.ts'
import { paymentIntentRoutes } from './resources/payment-intents.ts'
import { paymentMethodRoutes } from './resources/payment-methods.ts'
import { paymentPageRoutes } from './resources/payment-pages.ts'
import { portalRoutes } from './resources/portal.ts'
import { priceRoutes } from './resources/prices.ts'
import { productFeatureRoutes } from './resources/product-features.ts'
import { productRoutes } from './resources/products.ts'
import { promotionCodeRoutes } from './resources/promotion-codes.ts'
import { refundRoutes } from './resources/refunds.ts'
import { searchRoutes } from './resources/searches.ts'
import { setupIntentRoutes } from './resources/setup-intents.ts'
import { subscriptionItemRoutes } from './resources/subscription-items.ts'
import { subscriptionScheduleRoutes } from './resources/subscription-schedules.ts'
import { subscriptionRoutes } from './resources/subscriptions.ts'
import { taxIdRoutes } from './resources/tax-ids.ts'
import { taxRateRoutes } from './resources/tax-rates.ts'
import { testClockRoutes } from './resources/test-clocks.ts'
import { transferRoutes } from './resources/transfers.ts'
import { webhookEndpointRoutes } from './resources/webhook-endpoints.ts'
import type { Routes } from './route.ts'

/** Everything of Stripe's API that the simulator serves. */
export const allRoutes: Routes = {
  ...accountRoutes,
  ...alertRoutes,
  ...applicationFeeRoutes,
  ...balanceTransactionRoutes,
  ...chargeRoutes,
  ...checkoutSessionRoutes,
  ...confirmationTokenRoutes,
  ...couponRoutes,
  ...creditRoutes,
  ...creditNoteRoutes,
  ...customerBalanceRoutes,
  ...customerRoutes,
  ...customerSessionRoutes,
  ...entitlementRoutes,
  ...eventRoutes,
  ...feedbackOptionRoutes,
  ...invoiceItemRoutes,
  ...invoiceLineRoutes,
  ...invoicePaymentRoutes,
  ...invoiceRoutes,
  ...paymentIntentRoutes,
  ...paymentIntentVerbRoutes,
  ...paymentMethodRoutes,
  ...paymentPageRoutes,
  ...portalRoutes,
  ...priceRoutes,
  ...productFeatureRoutes,
  ...productRoutes,
  ...promotionCodeRoutes,
  ...captureRoutes,
  ...disputeRoutes,
  ...meterEventRoutes,
  ...meterRoutes,
  ...microdepositRoutes,
  ...refundRoutes,
  ...searchRoutes,
  ...setupIntentRoutes,
  ...subscriptionItemRoutes,
  ...subscriptionRoutes,
  ...subscriptionScheduleRoutes,
  ...taxIdRoutes,
  ...taxRateRoutes,
  ...testClockRoutes,
  ...transferRoutes,
  ...webhookEndpointRoutes,
}
