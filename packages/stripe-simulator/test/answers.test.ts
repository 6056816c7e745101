import type Stripe from 'stripe'
import { expect, it } from 'vitest'
import { allRoutes } from '../src/http/routes.ts'
import { checkedOperations, eventProblems } from './support/answer-validator.ts'
import { callCatalog, callDiscounts } from './support/calls/catalog.ts'
import { callCheckoutModes } from './support/calls/checkout.ts'
import { callConnect } from './support/calls/connect.ts'
import { callCredit } from './support/calls/credit.ts'
import { callCredits } from './support/calls/credits.ts'
import { callCustomerSessions } from './support/calls/customer-sessions.ts'
import { callDebits } from './support/calls/debits.ts'
import { callDiscountEnds } from './support/calls/discount-ends.ts'
import { callDisputes } from './support/calls/disputes.ts'
import { callEntitlements } from './support/calls/entitlements.ts'
import { callFeedback } from './support/calls/feedback.ts'
import { callOwnInvoices } from './support/calls/invoices.ts'
import { callMeters } from './support/calls/meters.ts'
import { callPauses } from './support/calls/pauses.ts'
import { callPaymentsLeft, onlyRefusing } from './support/calls/payments.ts'
import { callPortal } from './support/calls/portal.ts'
import { callRest } from './support/calls/rest.ts'
import { callSchedules } from './support/calls/schedules.ts'
import { callSearches } from './support/calls/searches.ts'
import { callStreams } from './support/calls/streams.ts'
import { callTax } from './support/calls/tax.ts'
import { callTestClocks } from './support/calls/test-clocks.ts'
import { type Catalog, createCatalog, createPayer, visa } from './support/catalog.ts'
import { createCheckingFetch } from './support/checking-fetch.ts'
import { openDebits } from './support/debits.ts'
import { type OpenSimulator, openSimulator, stripeFor } from './support/open-simulator.ts'

const return_url = 'https://example.com/back'
const success_url = 'https://example.com/thanks'

const callCustomers = async (stripe: Stripe): Promise<void> => {
  const customer = await createPayer(stripe)
  await stripe.customers.retrieve(customer.id, { expand: ['subscriptions', 'sources', 'tax_ids', 'cash_balance'] })
  await stripe.customers.list({ email: 'ada@example.com' })
  const [method] = (await stripe.customers.listPaymentMethods(customer.id)).data
  const id = method?.id ?? ''
  await stripe.customers.retrievePaymentMethod(customer.id, id)
  await stripe.paymentMethods.update(id, { metadata: { nick: 'work' } })
  await stripe.paymentMethods.retrieve(id)
  await stripe.paymentMethods.list({ customer: customer.id })
  await stripe.paymentMethods.create({ type: 'card', card: { token: 'tok_visa' } })
  await stripe.paymentMethods.detach(id)
  await stripe.customers.del(customer.id)
  await stripe.customers.retrieve(customer.id)
}

const callPayments = async (stripe: Stripe): Promise<void> => {
  const intent = await stripe.paymentIntents.create({ amount: 1000, currency: 'eur' })
  await stripe.paymentIntents.update(intent.id, {
    amount: 1200,
    metadata: { order: '7' },
    payment_method: 'pm_card_visa',
  })
  const paid = await stripe.paymentIntents.confirm(intent.id, { return_url })
  await stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge.balance_transaction', 'payment_method'] })
  await stripe.paymentIntents.cancel((await stripe.paymentIntents.create({ amount: 1000, currency: 'eur' })).id)
  const asked = {
    amount: 1000,
    currency: 'eur',
    payment_method: 'pm_card_threeDSecure2Required',
    confirm: true,
    return_url,
  }
  await stripe.paymentIntents.create(asked)
  const declined = { ...asked, payment_method: 'pm_card_visa_chargeDeclined' }
  await expect(stripe.paymentIntents.create(declined)).rejects.toThrow('declined')
  await stripe.paymentIntents.list()
  const charge = await stripe.charges.update(String(paid.latest_charge), { description: 'Paid' })
  await stripe.charges.retrieve(charge.id, { expand: ['refunds'] })
  await stripe.charges.list({ payment_intent: intent.id })
  await stripe.balanceTransactions.list({ source: charge.id })
  await stripe.balanceTransactions.retrieve(String(charge.balance_transaction))
  const refund = await stripe.refunds.create({
    payment_intent: intent.id,
    amount: 200,
    reason: 'requested_by_customer',
  })
  await stripe.refunds.update(refund.id, { metadata: { why: 'late' } })
  await stripe.refunds.retrieve(refund.id, { expand: ['charge'] })
  await stripe.refunds.list({ charge: charge.id })
}

const callSetups = async (stripe: Stripe): Promise<void> => {
  const { id: customer } = await stripe.customers.create({})
  const intent = await stripe.setupIntents.create({ customer })
  await stripe.setupIntents.update(intent.id, { description: 'Card on file' })
  await stripe.setupIntents.confirm(intent.id, { payment_method: 'pm_card_visa', return_url })
  await stripe.setupIntents.retrieve(intent.id, { expand: ['payment_method'] })
  await stripe.setupIntents.create({ payment_method: 'pm_card_threeDSecure2Required', confirm: true, return_url })
  await stripe.setupIntents.cancel((await stripe.setupIntents.create({})).id)
  await stripe.setupIntents.list({ customer })
  const made = await stripe.testHelpers.confirmationTokens.create({ payment_method: 'pm_card_visa' })
  await stripe.confirmationTokens.retrieve(made.id)
  await stripe.rawRequest('POST', '/v1/confirmation_tokens', { payment_method: 'pm_card_visa', return_url })
}

const callCheckout = async ({ simulator }: OpenSimulator, stripe: Stripe, { pro, pack }: Catalog): Promise<void> => {
  const pay = async (params: Stripe.Checkout.SessionCreateParams): Promise<string> => {
    const { id } = await stripe.checkout.sessions.create({ success_url, ...params })
    expect(simulator.core.payCheckoutSession(id, { email: 'ada@example.com', name: 'Ada', card: visa }).status).toBe(
      'complete',
    )
    return id
  }
  const line_items = [{ price: pack.id, quantity: 2 }]
  const payment = await pay({ mode: 'payment', line_items, customer_creation: 'always' })
  await pay({
    mode: 'payment',
    line_items,
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    invoice_creation: { enabled: true },
  })
  await stripe.checkout.sessions.retrieve(payment, {
    expand: ['line_items.data.price.product', 'payment_intent', 'customer'],
  })
  const both = [
    { price: pro.id, quantity: 1 },
    { price: pack.id, quantity: 1 },
  ]
  const subscription = await pay({ mode: 'subscription', line_items: both })
  const expand = ['subscription.default_payment_method', 'invoice.payments', 'invoice.confirmation_secret']
  await stripe.checkout.sessions.retrieve(subscription, { expand })
  await pay({
    mode: 'subscription',
    line_items: [{ price: pro.id, quantity: 1 }],
    subscription_data: { trial_period_days: 7 },
  })
  await pay({ mode: 'setup', currency: 'usd' })
  const { id } = await stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items })
  await stripe.checkout.sessions.update(id, { metadata: { a: '1' } })
  await stripe.checkout.sessions.listLineItems(id)
  await stripe.checkout.sessions.expire(id)
  await stripe.checkout.sessions.list({ status: 'complete' })
}

const callSubscriptions = async (
  { simulator }: OpenSimulator,
  stripe: Stripe,
  catalog: Catalog & { coupon: string },
) => {
  const { basic, pro, yearly, coupon } = catalog
  const customer = await createPayer(stripe)
  const { id, items } = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: basic.id }],
    discounts: [{ coupon }],
    expand: ['latest_invoice.payments', 'latest_invoice.confirmation_secret', 'discounts', 'customer'],
  })
  const item = items.data[0]?.id ?? ''
  await stripe.subscriptions.retrieve(id, { expand: ['discounts.source.coupon', 'items.data.price.product'] })
  await stripe.subscriptions.list({ customer: customer.id, status: 'all', expand: ['data.latest_invoice'] })
  await stripe.subscriptions.update(id, { cancel_at_period_end: true })
  await stripe.subscriptions.update(id, { cancel_at_period_end: false, metadata: { a: '1' } })
  await simulator.clock.advance({ days: 10 })
  await stripe.subscriptionItems.update(item, { price: pro.id, proration_behavior: 'always_invoice' })
  await stripe.subscriptionItems.retrieve(item)
  await stripe.subscriptionItems.list({ subscription: id })
  const added = await stripe.subscriptionItems.create({ subscription: id, price: basic.id, quantity: 2 })
  await stripe.invoices.createPreview({ subscription: id })
  await stripe.subscriptionItems.del(added.id)
  await stripe.subscriptions.update(id, { items: [{ id: item, price: yearly.id }], expand: ['latest_invoice'] })
  await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true, cancellation_details: { comment: 'Bye' } })
}

const callInvoices = async ({ simulator }: OpenSimulator, stripe: Stripe, { pro }: Catalog): Promise<void> => {
  const customer = await createPayer(stripe)
  const open = async () => {
    const params = {
      customer: customer.id,
      items: [{ price: pro.id }],
      payment_behavior: 'default_incomplete' as const,
    }
    return String((await stripe.subscriptions.create(params)).latest_invoice)
  }
  const paid = await open()
  await stripe.invoices.update(paid, { metadata: { a: '1' } })
  await stripe.invoices.pay(paid)
  await stripe.invoices
    .retrieve(paid, { expand: ['payments.data.payment.payment_intent', 'subscription' as 'customer'] })
    .catch(() => undefined)
  await stripe.invoices.retrieve(paid, {
    expand: ['payments.data.payment.payment_intent', 'parent.subscription_details.subscription'],
  })
  await stripe.invoices.listLineItems(paid)
  const [payment] = (await stripe.invoicePayments.list({ invoice: paid })).data
  await stripe.invoicePayments.retrieve(payment?.id ?? '', { expand: ['invoice'] })
  await stripe.invoices.voidInvoice(await open())
  await stripe.invoices.markUncollectible(await open())
  await simulator.clock.advance({ months: 1 })
  const [draft] = (await stripe.invoices.list({ status: 'draft' })).data
  await stripe.invoices.finalizeInvoice(draft?.id ?? '')
}

it('every route answers what the document says', { timeout: 180_000 }, async () => {
  await using open = await openSimulator({ settings: { interchangePlus: true } })
  const checking = createCheckingFetch()
  const stripe = stripeFor(open.simulator, { fetch: checking.fetch })
  const browser = stripeFor(open.simulator, { fetch: checking.fetch, key: open.simulator.keys.publishableKey })
  const catalog = await createCatalog(stripe)
  await callCatalog(stripe, catalog)
  const coupon = await callDiscounts(stripe)
  await callCustomers(stripe)
  await callPayments(stripe)
  await callSetups(stripe)
  await callCheckout(open, stripe, catalog)
  await callCheckoutModes({ stripe, browser, price: catalog.pack.id })
  await callSubscriptions(open, stripe, { ...catalog, coupon: coupon.id })
  await callInvoices(open, stripe, catalog)
  await callPaymentsLeft(stripe)
  await callPortal(stripe, catalog)
  await callConnect(open, stripe)
  await callCredit(stripe, catalog.pro.id)
  await callDiscountEnds(open, stripe, catalog)
  await callDisputes(open, stripe)
  await callOwnInvoices(open, stripe, catalog)
  await callMeters(stripe, catalog)
  await callPauses(stripe, catalog)
  await callSchedules(stripe, catalog)
  await callTax(stripe, catalog.pro.id)
  await callSearches(open, stripe)
  await callStreams(open, stripe, checking.fetch)
  await callTestClocks(stripe, catalog.pro.id)
  await callCredits(open, stripe, catalog)
  await callCustomerSessions(stripe, browser)
  await callEntitlements(stripe, catalog)
  await callFeedback(stripe, catalog)
  await callRest(stripe)
  await using debits = await openDebits()
  await callDebits({ ...debits, stripe: stripeFor(debits.simulator, { fetch: checking.fetch }) })
  expect([...new Set(checking.problems)]).toEqual([])
  const connected = open.simulator.objects('account').filter(({ deleted }) => deleted !== true)
  const accounts = connected.map(({ id }) => id)
  const events = [
    ...debits.simulator.objects('event'),
    ...[undefined, ...accounts].flatMap((account) => open.simulator.objects('event', account)),
  ]
  expect([...new Set(events.flatMap(eventProblems))]).toEqual([])
  const unanswered = Object.keys(allRoutes).filter((key) => !checkedOperations.has(key))
  expect(unanswered.sort()).toEqual(onlyRefusing)
})
