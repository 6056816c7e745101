import fc from 'fast-check'
import { creditDeeds } from './credit-deeds.ts'
import { type Command, type Deed, idOf, one, post } from './deed.ts'
import { invoiceDeeds } from './invoice-deeds.ts'
import { paymentDeeds } from './payment-deeds.ts'
import { timeDeeds } from './time-deeds.ts'

const cards = [
  'pm_card_visa',
  'pm_card_visa_chargeDeclined',
  'pm_card_threeDSecure2Required',
  'pm_card_chargeCustomerFail',
]
const numbers = ['4242424242424242', '4000000000000002', '4000000000003220', '4000000000000341']
const behaviors = ['create_prorations', 'always_invoice', 'none']
const payments = ['allow_incomplete', 'default_incomplete', 'error_if_incomplete']
const return_url = 'https://example.com/back'

const parcel = { shipping_rate_data: { display_name: 'Post', fixed_amount: { amount: 7, currency: 'usd' } } }

const openSession: Deed = (account, shop, { pick, amount }) => {
  const mode = one(['payment', 'subscription', 'setup'], pick)
  const price = mode === 'payment' ? shop.pack : one(shop.plans, amount)
  const lines = mode === 'setup' ? { currency: 'usd' } : { line_items: [{ price, quantity: 1 + (amount % 3) }] }
  const trial = mode === 'subscription' && amount % 4 === 0 ? { subscription_data: { trial_period_days: 7 } } : {}
  const discount = mode !== 'setup' && amount % 5 === 0 ? { discounts: [{ coupon: shop.coupon }] } : {}
  const delivery = mode === 'payment' && amount % 2 === 0 ? { shipping_options: [parcel] } : {}
  const shown = amount % 3 === 0 ? { ui_mode: 'elements' } : { success_url: return_url }
  account.call('POST /v1/checkout/sessions', { mode, ...shown, ...lines, ...trial, ...discount, ...delivery })
}

/** The buyer, or the server, has it otherwise before it is paid. */
const changeSession: Deed = (account, _shop, { pick, amount }) => {
  const session = one(account.world.store.all('checkout.session'), pick)
  const line_items = session?.$items.map(({ id }) => ({ id, quantity: 1 + (amount % 5) })) ?? []
  const change = amount % 2 === 0 ? { line_items } : { shipping_options: amount % 3 === 0 ? '' : [parcel] }
  account.call(`POST /v1/checkout/sessions/${session?.id}`, change)
}

const paySession: Deed = (account, _shop, { pick, amount }) => {
  const card = { number: one(numbers, amount) ?? '', expMonth: 12, expYear: 2034, cvc: '123' }
  account.core.payCheckoutSession(idOf(account, 'checkout.session', pick), { email: 'ada@example.com', card })
}

const changeItem: Deed = (account, shop, { pick, amount }) => {
  const subscription = one(account.world.store.all('subscription'), pick)
  account.call(`POST /v1/subscriptions/${subscription?.id}`, {
    items: [{ id: subscription?.items.data[0]?.id ?? '', price: one(shop.plans, amount), quantity: 1 + (amount % 4) }],
    proration_behavior: one(behaviors, amount),
    payment_behavior: one(payments, pick),
  })
}

const changeCard: Deed = (account, shop, { pick, amount }) => {
  const customer = one(shop.customers, pick)
  const payment_method = one(cards, amount) ?? ''
  const method = account.call(`POST /v1/payment_methods/${payment_method}/attach`, { customer })
  account.call(`POST /v1/customers/${customer}`, { invoice_settings: { default_payment_method: method.id } })
}

const subscribe: Deed = (account, shop, { pick, amount }) => {
  account.call('POST /v1/subscriptions', {
    customer: one(shop.customers, pick),
    items: [{ price: one(shop.plans, amount), quantity: 1 + (pick % 3) }],
    payment_behavior: one(payments, amount),
    ...(pick % 4 === 0 ? { trial_period_days: 3 } : {}),
    ...(amount % 3 === 0 ? { discounts: [{ coupon: shop.coupon }] } : {}),
  })
}

const subscribeMetered: Deed = (account, shop, { pick, amount }) => {
  account.call('POST /v1/subscriptions', {
    customer: one(shop.customers, pick),
    items: [{ price: shop.metered }],
    ...(amount % 3 === 0 ? { discounts: [{ coupon: shop.coupon }] } : {}),
  })
}

const use: Deed = (account, shop, { pick, amount }) => {
  const payload = { stripe_customer_id: one(shop.customers, pick), value: String(amount) }
  account.call('POST /v1/billing/meter_events', { event_name: 'uses', payload })
}

const grantCredits: Deed = (account, shop, { pick, amount }) => {
  account.call('POST /v1/billing/credit_grants', {
    customer: one(shop.customers, pick),
    amount: { type: 'monetary', monetary: { currency: 'usd', value: amount * 5 } },
    applicability_config: { scope: { price_type: 'metered' } },
    priority: amount % 100,
    ...(pick % 3 === 0 ? { expires_at: account.world.now() + amount * 600 } : {}),
  })
}

const createIntent: Deed = (account, shop, { pick, amount }) => {
  const confirm = { confirm: true, payment_method: one(cards, amount), return_url }
  account.call('POST /v1/payment_intents', {
    amount,
    currency: 'usd',
    customer: one(shop.customers, pick),
    ...(pick % 2 === 0 ? confirm : {}),
  })
}

const answerChallenge: Deed = (account, _shop, { pick, amount }) => {
  const asked = [...account.world.store.all('payment_intent'), ...account.world.store.all('setup_intent')]
  const waiting = asked.filter(({ status }) => status === 'requires_action')
  const id = one(waiting, pick)?.id
  if (id !== undefined) account.core.completeChallenge(id, amount % 3 === 0 ? 'fail' : 'complete')
}

/** All that may happen, by name. */
export const deeds: Readonly<Record<string, Deed>> = {
  createIntent,
  subscribe,
  subscribeMetered,
  use,
  grantCredits,
  expireCredits: post('billing.credit_grant', 'billing/credit_grants/{id}/expire'),
  voidCredits: post('billing.credit_grant', 'billing/credit_grants/{id}/void'),
  openSession,
  changeSession,
  paySession,
  changeItem,
  changeCard,
  answerChallenge,
  confirm: post('payment_intent', 'payment_intents/{id}/confirm', (_, { amount }) => ({
    payment_method: one(cards, amount),
    return_url,
  })),
  changeAmount: post('payment_intent', 'payment_intents/{id}', (_, { amount }) => ({ amount })),
  ...creditDeeds,
  ...paymentDeeds,
  cancelIntent: post('payment_intent', 'payment_intents/{id}/cancel'),
  refund: (account, _shop, { pick, amount }) => {
    const charge = idOf(account, 'charge', pick)
    account.call('POST /v1/refunds', { charge, ...(amount % 2 === 0 ? { amount: 1 + (amount % 900) } : {}) })
  },
  expireSession: post('checkout.session', 'checkout/sessions/{id}/expire'),
  cancelAtEnd: post('subscription', 'subscriptions/{id}', (_, { amount }) => ({
    cancel_at_period_end: amount % 2 === 0,
  })),
  cancelNow: (account, _shop, { pick, amount }) => {
    const input = { prorate: amount % 2 === 0, invoice_now: amount % 3 === 0 }
    account.call(`DELETE /v1/subscriptions/${idOf(account, 'subscription', pick)}`, input)
  },
  payInvoice: post('invoice', 'invoices/{id}/pay'),
  finalizeInvoice: post('invoice', 'invoices/{id}/finalize'),
  voidInvoice: post('invoice', 'invoices/{id}/void'),
  giveUpInvoice: post('invoice', 'invoices/{id}/mark_uncollectible'),
  ...invoiceDeeds,
  ...timeDeeds,
  timePasses: (account, _shop, { pick, amount }) => account.advance({ days: pick % 20, hours: amount % 24 }),
}

/** Any of the deeds with these names. */
export const commandAmong = (names: readonly string[]): fc.Arbitrary<Command> =>
  fc.record({
    name: fc.constantFrom(...names),
    pick: fc.nat(40),
    amount: fc.integer({ min: 20, max: 9000 }),
  })

export const command = commandAmong(Object.keys(deeds))
