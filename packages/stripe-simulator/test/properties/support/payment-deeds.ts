import type { StripeObject } from '../../../src/domain/objects/base.ts'
import { type Deed, one } from './deed.ts'

const idIn = (values: readonly StripeObject[], pick: number): string => one(values, pick)?.id ?? 'none'

const incremental = { card: { request_incremental_authorization: 'if_available' } }

const authorize: Deed = (account, shop, { pick, amount }) => {
  account.call('POST /v1/payment_intents', {
    amount,
    currency: 'usd',
    capture_method: 'manual',
    confirm: true,
    customer: one(shop.customers, pick),
    payment_method: 'pm_card_visa',
    payment_method_options: incremental,
    return_url: 'https://example.com/back',
  })
}

const capture: Deed = ({ call, world }, _shop, { pick, amount }) => {
  const held = world.store.all('payment_intent').filter(({ status }) => status === 'requires_capture')
  const part = amount % 2 === 0 ? { amount_to_capture: 1 + (amount % 700) } : {}
  call(`POST /v1/payment_intents/${idIn(held, pick)}/capture`, part)
}

const increment: Deed = ({ call, world }, _shop, { pick, amount }) => {
  const held = world.store.all('payment_intent').filter(({ status }) => status === 'requires_capture')
  call(`POST /v1/payment_intents/${idIn(held, pick)}/increment_authorization`, { amount })
}

const chargeToken: Deed = ({ call }, _shop, { pick, amount }) => {
  const source = one(['tok_visa', 'tok_visa', 'tok_visa_chargeDeclined', 'tok_refundFail'], pick)
  call('POST /v1/charges', { amount, currency: 'usd', source, capture: amount % 3 !== 0 })
}

const captureCharge: Deed = ({ call, world }, _shop, { pick, amount }) => {
  const held = world.store.all('charge').filter(({ captured, status }) => !captured && status === 'succeeded')
  call(`POST /v1/charges/${idIn(held, pick)}/capture`, amount % 2 === 0 ? { amount: 1 + (amount % 700) } : {})
}

/** What is done with money that is only held, and with charges without intents. */
export const paymentDeeds: Readonly<Record<string, Deed>> = {
  authorize,
  capture,
  captureCharge,
  chargeToken,
  increment,
}
