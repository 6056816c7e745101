import type { Price } from '../../domain/objects/catalog.ts'
import type { CheckoutItem, CheckoutSession } from '../../domain/objects/checkout.ts'
import type { Invoice } from '../../domain/objects/invoice.ts'
import type { PaymentIntent, SetupIntent } from '../../domain/objects/payment.ts'
import type { Subscription, SubscriptionStatus } from '../../domain/objects/subscription.ts'
import type { World } from '../../world.ts'
import { agreedTerms } from '../connect/subscription-terms.ts'
import { applyDiscounts } from '../discounts.ts'
import { finalizeInvoice } from '../invoices/finalize.ts'
import { markPaid, markProcessing } from '../invoices/settle.ts'
import { settleCharge } from '../payments/charges.ts'
import { subscriptionPaid, subscriptionProcessing } from '../subscriptions/after-payment.ts'
import { billingMode } from '../subscriptions/billing-mode.ts'
import { pendingInterval } from '../subscriptions/pending-interval.ts'
import {
  announceSubscription,
  firstInvoice,
  type StartItem,
  startSubscription,
  subscriptionTax,
} from '../subscriptions/start.ts'
import { announceTrialEnd, trialEndOf, trialSettings } from '../subscriptions/trial.ts'
import { anchorFrom } from './anchor.ts'
import { oneTimeItem, receiptInvoice } from './invoice-creation.ts'
import { saveTaxIds, updateCustomer } from './update-customer.ts'

type Intent = PaymentIntent | SetupIntent | undefined

const priceOf = (item: CheckoutItem): Price => item.price as unknown as Price

const discountsOf = (session: CheckoutSession) =>
  (session.discounts ?? []).map(({ coupon, promotion_code }) =>
    promotion_code === null ? { coupon: coupon ?? '' } : { promotion_code },
  )

const isProcessing = (intent: Intent): boolean => intent?.status === 'processing'

const firstStatus = (world: World, intent: Intent): SubscriptionStatus => {
  const { checkoutSubscriptionCreatedAs, subscriptionWhileProcessing } = world.settings
  return isProcessing(intent) && subscriptionWhileProcessing === 'incomplete'
    ? 'incomplete'
    : checkoutSubscriptionCreatedAs
}

const start = (world: World, session: CheckoutSession, paid: { customer: string; intent: Intent }): Subscription => {
  const recurring = session.$items.filter((item) => priceOf(item).recurring !== null)
  const data = session.$subscriptionData ?? {}
  const trialEnd = trialEndOf(world, data)
  const anchor = anchorFrom(world, session)
  const free = anchor?.prorates === false && anchor.at > world.now()
  const status = free ? 'active' : firstStatus(world, paid.intent)
  return startSubscription(world, {
    customer: paid.customer,
    items: recurring.map((item) => ({
      price: priceOf(item),
      quantity: item.quantity ?? undefined,
    })) as unknown as readonly [StartItem, ...StartItem[]],
    status: trialEnd === null ? status : 'trialing',
    trialEnd,
    ...(anchor ? { anchor } : {}),
    discounts: discountsOf(session),
    ...(data.metadata === undefined ? {} : { metadata: data.metadata }),
    fields: {
      ...agreedTerms(data),
      automatic_tax: subscriptionTax(session.automatic_tax.enabled),
      billing_mode: billingMode(data.billing_mode),
      ...pendingInterval(world, data.pending_invoice_item_interval),
      default_payment_method: paid.intent?.payment_method ?? null,
      description: data.description ?? null,
      trial_settings: trialSettings(data.trial_settings),
    },
  })
}

interface Begun {
  readonly subscription: string
  readonly invoice: string | null
}

/** The first invoice of a subscription takes in the payment that was made for it, or that is on its way. */
const settleFirst = (world: World, draft: Invoice, intent: Intent): void => {
  const payment = intent?.object === 'payment_intent' ? intent : undefined
  const open = finalizeInvoice(world, draft, payment)
  if (open.status !== 'paid' && isProcessing(intent)) {
    subscriptionProcessing(world, markProcessing(world, open, true))
    return
  }
  subscriptionPaid(world, open.status === 'paid' ? open : markPaid(world, open), payment)
}

/** The payment came first; now the subscription and the invoice it paid are made. */
const beginSubscription = (
  world: World,
  session: CheckoutSession,
  paid: { customer: string; intent: Intent },
): Begun => {
  const oneTime = session.$items.filter((item) => priceOf(item).recurring === null)
  const started = start(world, session, paid)
  const subscription = announceSubscription(world, started, oneTime.length > 0)
  const items = oneTime.map((item) =>
    oneTimeItem(world, { customer: paid.customer, subscription: subscription.id }, item),
  )
  const draft = firstInvoice(world, subscription, { items })
  if (draft) settleFirst(world, draft, paid.intent)
  const customer = world.need('customer', paid.customer)
  if (customer.currency === null) world.update(customer, { currency: subscription.currency })
  announceTrialEnd(world, subscription.id)
  return { subscription: subscription.id, invoice: draft?.id ?? null }
}

const settlePayment = (world: World, session: CheckoutSession, paid: { customer: string | null; intent: Intent }) => {
  const { customer, intent } = paid
  if (session.mode !== 'payment') return {}
  const discounts = applyDiscounts(world, discountsOf(session), {
    customer,
    currency: session.currency ?? '',
    checkoutSession: session.id,
  })
  if (session.invoice_creation?.enabled !== true || customer === null) return {}
  const payment = intent?.object === 'payment_intent' ? intent : undefined
  return { invoice: receiptInvoice(world, session, { customer, discounts, intent: payment }) }
}

/** Money that is only held, or on its way, is not paid. */
const paymentStatus = (session: CheckoutSession, intent: Intent): CheckoutSession['payment_status'] => {
  if (session.mode === 'setup' || (session.amount_total ?? 0) === 0) return 'no_payment_required'
  return intent?.status === 'requires_capture' || isProcessing(intent) ? 'unpaid' : 'paid'
}

const intentFields = (session: CheckoutSession, intent: Intent): Partial<CheckoutSession> => {
  if (session.mode === 'payment') return { payment_intent: intent?.id ?? null }
  return session.mode === 'setup' ? { setup_intent: intent?.id ?? null } : {}
}

const methodOf = (world: World, intent: Intent) =>
  intent?.payment_method ? world.store.get('payment_method', intent.payment_method) : undefined

/** The customer has done their part: the session is complete, with all that follows from it. */
export const completeSession = (world: World, session: CheckoutSession, intent: Intent): CheckoutSession => {
  const customer = session.$attempt?.customer ?? session.customer
  updateCustomer(world, session, methodOf(world, intent))
  if (customer !== null) saveTaxIds(world, session, customer)
  const begun =
    session.mode === 'subscription' && customer !== null ? beginSubscription(world, session, { customer, intent }) : {}
  const receipt = settlePayment(world, session, { customer, intent })
  const complete = world.update(session, {
    ...begun,
    ...receipt,
    ...intentFields(session, intent),
    customer,
    payment_status: paymentStatus(session, intent),
    status: 'complete',
    url: null,
  })
  world.emit('checkout.session.completed', complete)
  if (intent?.object === 'payment_intent' && intent.latest_charge !== null) settleCharge(world, intent.latest_charge)
  return complete
}
