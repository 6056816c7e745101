import { describe, expect, it } from 'vitest'
import { createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const return_url = 'https://example.com/back'
const ten = { amount: 1000, currency: 'usd' }
const now = { ...ten, confirm: true, payment_method: 'pm_card_visa', return_url }

describe('what nobody here waits for', () => {
  it('is refused: cash balances, microdeposits, refunds that wait for their customer', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id, latest_charge } = await stripe.paymentIntents.create(now)
    const waiting = await stripe.paymentIntents.create(ten)
    expect(await failure(stripe.paymentIntents.applyCustomerBalance(waiting.id))).toMatchObject({ statusCode: 400 })
    const unexpected = { code: 'payment_intent_unexpected_state' }
    expect(await failure(stripe.paymentIntents.applyCustomerBalance(id))).toMatchObject(unexpected)
    expect(await failure(stripe.paymentIntents.verifyMicrodeposits(waiting.id))).toMatchObject(unexpected)
    const setup = await stripe.setupIntents.create({})
    expect(await failure(stripe.setupIntents.verifyMicrodeposits(setup.id))).toMatchObject({
      code: 'setup_intent_unexpected_state',
    })
    const refund = await stripe.refunds.create({ charge: String(latest_charge), instructions_email: 'ada@example.com' })
    expect(refund).toMatchObject({ instructions_email: 'ada@example.com' })
    expect(await failure(stripe.refunds.cancel(refund.id))).toMatchObject({ statusCode: 400 })
    const { id: customer } = await stripe.customers.create({})
    const cash = { amount: 100, currency: 'usd', customer, origin: 'customer_balance' as const }
    expect(await failure(stripe.refunds.create(cash))).toMatchObject({ statusCode: 400 })
    expect(await failure(stripe.refunds.create({ charge: String(latest_charge), customer }))).toMatchObject({
      param: 'customer',
    })
  })

  it('is refused of setups: what cards cannot, and what is for the account itself', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const self = stripe.setupIntents.create({ attach_to_self: true })
    expect(await failure(self)).toMatchObject({ statusCode: 400, param: 'attach_to_self' })
    const once = stripe.setupIntents.create({ single_use: { amount: 100, currency: 'usd' } })
    expect(await failure(once)).toMatchObject({ statusCode: 400, param: 'single_use' })
    const { id } = await stripe.setupIntents.create({ usage: 'on_session', payment_method: 'pm_card_visa' })
    const done = await stripe.setupIntents.confirm(id, { return_url })
    expect(done).toMatchObject({ status: 'succeeded', usage: 'on_session' })
    expect(await failure(stripe.setupIntents.update(id, { payment_method: 'pm_card_visa' }))).toMatchObject({
      code: 'setup_intent_unexpected_state',
    })
    expect(await stripe.setupIntents.update(id, { metadata: { a: '1' } })).toMatchObject({ status: 'succeeded' })
  })
})

describe('a saved method', () => {
  it('can be shown again where its customer said so', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id: customer } = await stripe.customers.create({})
    const card = { token: 'tok_visa' }
    const made = await stripe.paymentMethods.create({ type: 'card', card, allow_redisplay: 'always' })
    const { id } = await stripe.paymentMethods.attach(made.id, { customer })
    const other = await stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    const shown = async (allow_redisplay: 'always' | 'limited' | 'unspecified') =>
      (await stripe.customers.listPaymentMethods(customer, { allow_redisplay })).data.map((method) => method.id)
    expect([await shown('always'), await shown('unspecified')]).toEqual([[id], [other.id]])
    await stripe.paymentMethods.update(id, { allow_redisplay: 'limited' })
    const { data } = await stripe.paymentMethods.list({ customer, allow_redisplay: 'limited' })
    expect(data.map((method) => method.id)).toEqual([id])
  })

  it('prefers a network that it belongs to', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id: customer } = await stripe.customers.create({})
    const { id } = await stripe.paymentMethods.attach('pm_card_visa', { customer })
    const prefer = (preferred: 'visa' | 'mastercard' | '') =>
      stripe.paymentMethods.update(id, { card: { networks: { preferred } } })
    expect((await prefer('visa')).card?.networks).toEqual({ available: ['visa'], preferred: 'visa' })
    expect(await failure(prefer('mastercard'))).toMatchObject({ param: 'card[networks][preferred]' })
    expect((await prefer('')).card).toMatchObject({ networks: { preferred: null }, last4: '4242' })
  })
})

describe('a customer', () => {
  it('has invoices that are numbered as was asked, and no number twice', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id: product } = await stripe.products.create({ name: 'Pro' })
    const recurring = { interval: 'month' as const }
    const price = await stripe.prices.create({ product, currency: 'usd', unit_amount: 1000, recurring })
    const { id } = await createPayer(stripe)
    await stripe.customers.update(id, { invoice_prefix: 'ADA', next_invoice_sequence: 42 })
    await stripe.subscriptions.create({ customer: id, items: [{ price: price.id }] })
    expect((await stripe.invoices.list()).data.map(({ number }) => number)).toEqual(['ADA-0042'])
    const param = 'next_invoice_sequence'
    expect(await failure(stripe.customers.update(id, { next_invoice_sequence: 42 }))).toMatchObject({ param })
    const taken = failure(stripe.customers.create({ invoice_prefix: 'ADA' }))
    expect(await taken).toMatchObject({ statusCode: 400, param: 'invoice_prefix' })
    expect(await failure(stripe.customers.create({ invoice_prefix: 'ada' }))).toMatchObject({ param: 'invoice_prefix' })
  })

  it('has no cash balance, but can say how one would be used', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const settings = { reconciliation_mode: 'manual' as const }
    const { id } = await stripe.customers.create({ cash_balance: { settings } })
    const balance = async () => (await stripe.customers.retrieve(id, { expand: ['cash_balance'] })) as object
    expect(await balance()).toMatchObject({
      cash_balance: { available: null, customer: id, settings: { ...settings, using_merchant_default: false } },
    })
    await stripe.customers.update(id, { cash_balance: { settings: { reconciliation_mode: 'merchant_default' } } })
    expect(await balance()).toMatchObject({
      cash_balance: { settings: { reconciliation_mode: 'automatic', using_merchant_default: true } },
    })
  })
})

describe('the account’s balance and its disputes', () => {
  it('can be looked through by kind, currency and time', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id, created } = await stripe.paymentIntents.create(now)
    await stripe.paymentIntents.create({ ...now, currency: 'eur' })
    await stripe.refunds.create({ payment_intent: id, amount: 300 })
    const amounts = async (filter: object) =>
      (await stripe.balanceTransactions.list(filter)).data.map(({ amount, currency }) => [amount, currency])
    expect(await amounts({ type: 'refund' })).toEqual([[-300, 'usd']])
    expect(await amounts({ type: 'charge', currency: 'EUR' })).toEqual([[1000, 'eur']])
    expect(await amounts({ created: { gt: created } })).toEqual([])
    expect(await failure(stripe.balanceTransactions.list({ payout: 'po_none' }))).toMatchObject({ param: 'payout' })
  })

  it('a dispute keeps how it is meant to be answered', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { latest_charge } = await stripe.paymentIntents.create(now)
    const { id } = simulator.core.raiseDispute(String(latest_charge))
    const intended_submission_method = 'prefer_manual' as const
    const updated = await stripe.disputes.update(id, { intended_submission_method })
    expect(updated).toMatchObject({ intended_submission_method, status: 'needs_response' })
  })
})
