import type { PaymentProvider } from '../ports/provider.ts'
import { listAttempts } from './attempts.ts'
import { createCallCount } from './call-count.ts'
import { checkCatalog, pushCatalog } from './catalog.ts'
import { createCheckoutSession, expireCheckoutSession, findCheckoutSession } from './checkout-sessions.ts'
import { createStripeApi } from './client.ts'
import { createCustomer, findCustomer, findPaymentMethod, listPaymentMethods } from './customers.ts'
import { eventTypes } from './facts.ts'
import { createInvoices } from './invoices.ts'
import { createLogRelay } from './log-relay.ts'
import {
  cancelPaymentIntent,
  confirmPaymentIntent,
  createPaymentIntent,
  findPaymentIntent,
  payOffSession,
  refundPayment,
} from './payment-intents.ts'
import { createPortal } from './portal.ts'
import { createPriceBook } from './prices.ts'
import { findDispute, findReversals } from './reversals.ts'
import { type StripeProviderOptions, toSettings } from './settings.ts'
import { findSubscription, listAllSubscriptions, listSubscriptions } from './subscriptions.ts'
import { findEvent, listEvents, readFact, verifyWebhook } from './webhooks.ts'

/**
 * Stripe as the payment provider.
 *
 * @throws BillingError `misconfigured` when a key or secret is missing, malformed or of another mode
 * @example
 * createBilling({ provider: stripeProvider({ secretKey, publishableKey, webhookSecrets: [secret] }), store, catalog, identify })
 */
export const stripeProvider = (options: StripeProviderOptions): PaymentProvider => {
  const log = createLogRelay(options.logger)
  const settings = toSettings(options)
  const count = createCallCount()
  const api = createStripeApi(settings, { logger: log, count })
  const prices = createPriceBook(api)
  const portal = createPortal(api)
  const invoices = createInvoices(api)
  return {
    id: 'stripe',
    mode: settings.mode,
    publishableKey: settings.publishableKey,
    eventTypes,
    features: { promotionCodes: settings.promotionCodes, tax: settings.tax },
    ...(options.logger ? {} : { logTo: log.to }),
    countIn: count.to,
    createCustomer: (input) => createCustomer(api, input),
    findCustomer: (id) => findCustomer(api, id),
    findPaymentMethod: (id) => findPaymentMethod(api, id),
    listPaymentMethods: (customer) => listPaymentMethods(api, customer),
    createCheckoutSession: (input) => createCheckoutSession(api, prices, input),
    findCheckoutSession: (id) => findCheckoutSession(api, id),
    expireCheckoutSession: (id) => expireCheckoutSession(api, id),
    createPaymentIntent: (input) => createPaymentIntent(api, input),
    findPaymentIntent: (id) => findPaymentIntent(api, id),
    confirmPaymentIntent: (input) => confirmPaymentIntent(api, input),
    payOffSession: (input) => payOffSession(api, input),
    cancelPaymentIntent: (id) => cancelPaymentIntent(api, id),
    listAttempts: (id) => listAttempts(api, id),
    findDispute: (id) => findDispute(api, id),
    findReversals: (id) => findReversals(api, id),
    refundPayment: (input) => refundPayment(api, input),
    openPortal: portal.open,
    findSubscription: (id) => findSubscription(api, id),
    listSubscriptions: (customer) => listSubscriptions(api, customer),
    listAllSubscriptions: (page) => listAllSubscriptions(api, page),
    findInvoice: invoices.find,
    listInvoices: invoices.list,
    listPaidInvoices: invoices.listPaid,
    verifyWebhook: (input) => verifyWebhook(api, input),
    findEvent: (id) => findEvent(api, id),
    listEvents: (page) => listEvents(api, page),
    readFact: (event) => readFact(api, event),
    pushCatalog: async (catalog) => {
      const changes = await pushCatalog(api, catalog)
      prices.forget()
      portal.forget()
      return changes
    },
    checkCatalog: (catalog) => checkCatalog(api, catalog),
  }
}
