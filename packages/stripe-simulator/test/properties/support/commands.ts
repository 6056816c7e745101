import fc from 'fast-check'
import { type Command, type Deed, idOf, one, post } from './deed.ts'
import { invoiceDeeds } from './invoice-deeds.ts'
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

const openSession: Deed = (account, shop, { pick, amount }) => {
  const mode = one(['payment', 'subscription', 'setup'], pick)
  const price = mode === 'payment' ? shop.pack : one(shop.plans, amount)
  const lines = mode === 'setup' ? { currency: 'usd' } : { line_items: [{ price, quantity: 1 + (amount % 3) }] }
  const trial = mode === 'subscription' && amount % 4 === 0 ? { subscription_data: { trial_period_days: 7 } } : {}
  const discount = mode !== 'setup' && amount % 5 === 0 ? { discounts: [{ coupon: shop.coupon }] } : {}
  account.call('POST /v1/checkout/sessions', { mode, success_url: return_url, ...lines, ...trial, ...discount })
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
  openSession,
  paySession,
  changeItem,
  changeCard,
  answerChallenge,
  confirm: post('payment_intent', 'payment_intents/{id}/confirm', (_, { amount }) => ({
    payment_method: one(cards, amount),
    return_url,
  })),
  changeAmount: post('payment_intent', 'payment_intents/{id}', (_, { amount }) => ({ amount })),
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
