import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { openSimulator, stripeFor } from './support/open-simulator.ts'

const noRedirects = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const
const ten = { amount: 1000, currency: 'usd', ...noRedirects }

const eventTypes = async (stripe: Stripe): Promise<string[]> => {
  const events = await stripe.events.list({ limit: 100 })
  return events.data.map(({ type }) => type).reverse()
}

describe('a payment', () => {
  it('succeeds with 4242, and is heard of in order', async () => {
    await using open = await openSimulator()
    const intent = await open.stripe.paymentIntents.create({ ...ten, payment_method: 'pm_card_visa', confirm: true })
    expect(intent).toMatchObject({ status: 'succeeded', amount_received: 1000, last_payment_error: null })
    expect(await eventTypes(open.stripe)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'charge.updated',
    ])
  })

  it.each([
    ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
    ['pm_card_visa_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
    ['pm_card_chargeDeclinedExpiredCard', 'expired_card', undefined],
    ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', undefined],
  ])('declines %s with 402, and can be tried again', async (method, code, declineCode) => {
    await using open = await openSimulator()
    const { id } = await open.stripe.paymentIntents.create(ten)
    const declined = await failure(open.stripe.paymentIntents.confirm(id, { payment_method: method }))
    expect(declined).toBeInstanceOf(Stripe.errors.StripeCardError)
    expect(declined).toMatchObject({ statusCode: 402, code })
    expect(declined.decline_code || undefined).toBe(declineCode)
    expect(declined.payment_intent).toMatchObject({ id, status: 'requires_payment_method', payment_method: null })
    const charge = await open.stripe.charges.retrieve((declined.raw as { charge: string }).charge)
    expect(charge).toMatchObject({ status: 'failed', paid: false, failure_code: code })
    expect(await eventTypes(open.stripe)).toEqual([
      'payment_intent.created',
      'charge.failed',
      'payment_intent.payment_failed',
    ])
    const paid = await open.stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
    expect(paid.status).toBe('succeeded')
  })

  it('that succeeded cannot be confirmed or canceled', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.paymentIntents.create({ ...ten, payment_method: 'pm_card_visa', confirm: true })
    const unexpected = { code: 'payment_intent_unexpected_state', statusCode: 400 }
    expect(await failure(open.stripe.paymentIntents.confirm(id))).toMatchObject(unexpected)
    expect(await failure(open.stripe.paymentIntents.cancel(id))).toMatchObject(unexpected)
  })

  it('needs a way back when methods may redirect', async () => {
    await using open = await openSimulator()
    const redirecting = { amount: 1000, currency: 'usd', payment_method: 'pm_card_visa', confirm: true }
    expect((await failure(open.stripe.paymentIntents.create(redirecting))).message).toContain('return_url')
  })

  it('has a least amount for each currency', async () => {
    await using open = await openSimulator()
    const small = { amount: 49, currency: 'usd' }
    expect(await failure(open.stripe.paymentIntents.create(small))).toMatchObject({ code: 'amount_too_small' })
    expect((await open.stripe.paymentIntents.create({ amount: 50, currency: 'jpy' })).amount).toBe(50)
  })

  it('with a card that was used without a customer does not work twice', async () => {
    await using open = await openSimulator()
    const paid = await open.stripe.paymentIntents.create({ ...ten, payment_method: 'pm_card_visa', confirm: true })
    const again = { ...ten, payment_method: String(paid.payment_method), confirm: true }
    expect((await failure(open.stripe.paymentIntents.create(again))).message).toContain('may not be used again')
  })

  it('saves its card for the customer when that is asked for', async () => {
    await using open = await openSimulator()
    const customer = await open.stripe.customers.create({})
    const save = { customer: customer.id, setup_future_usage: 'off_session' } as const
    await open.stripe.paymentIntents.create({ ...ten, ...save, payment_method: 'pm_card_visa', confirm: true })
    const saved = await open.stripe.paymentMethods.list({ customer: customer.id })
    expect(saved.data.map(({ card }) => card?.last4)).toEqual(['4242'])
  })

  it('is declined when the next decline is forced, whatever the card', async () => {
    await using open = await openSimulator()
    open.simulator.declineNext({ declineCode: 'insufficient_funds' })
    const pay = () => open.stripe.paymentIntents.create({ ...ten, payment_method: 'pm_card_visa', confirm: true })
    expect((await failure(pay())).decline_code).toBe('insufficient_funds')
    expect((await pay()).status).toBe('succeeded')
  })
})

describe('a payment that has to be authenticated', () => {
  const asking = (stripe: Stripe) =>
    stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      payment_method: 'pm_card_authenticationRequiredOnSetup',
      confirm: true,
      return_url: 'https://example.com/back?order=7',
    })

  it('sends the customer to a page and back when there is a way back', async () => {
    await using open = await openSimulator()
    const intent = await asking(open.stripe)
    expect(intent.next_action).toMatchObject({
      type: 'redirect_to_url',
      redirect_to_url: { url: `${open.simulator.url}/_simulator/challenge/${intent.id}` },
    })
    const outcome = open.simulator.core.completeChallenge(intent.id, 'complete')
    const back = new URL(outcome.redirectUrl ?? '')
    expect(Object.fromEntries(back.searchParams)).toEqual({
      order: '7',
      payment_intent: intent.id,
      payment_intent_client_secret: intent.client_secret,
      redirect_status: 'succeeded',
    })
    expect((await open.stripe.paymentIntents.retrieve(intent.id)).status).toBe('succeeded')
  })

  it('asks over the page when Stripe.js confirms it', async () => {
    await using open = await openSimulator()
    const browser = stripeFor(open.simulator, { key: open.simulator.keys.publishableKey })
    const { id, client_secret } = await open.stripe.paymentIntents.create({ amount: 1000, currency: 'usd' })
    const card = { number: '4000002500003155', exp_month: 12, exp_year: 2030, cvc: '123' }
    const confirm = { client_secret, use_stripe_sdk: true, payment_method_data: { type: 'card', card } }
    const intent = await browser.paymentIntents.confirm(id, confirm as Stripe.PaymentIntentConfirmParams)
    expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'use_stripe_sdk' } })
    expect(intent).not.toHaveProperty('customer')
    expect(open.simulator.core.completeChallenge(id, 'complete')).toEqual({ status: 'succeeded' })
  })

  it('goes back to its start when the customer fails', async () => {
    await using open = await openSimulator()
    const { id } = await asking(open.stripe)
    const outcome = open.simulator.core.completeChallenge(id, 'fail')
    expect(outcome).toMatchObject({ error: { code: 'payment_intent_authentication_failure' } })
    const intent = await open.stripe.paymentIntents.retrieve(id)
    expect(intent).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'payment_intent_authentication_failure' },
    })
  })

  it('is declined off session, unless the card was set up before', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const customer = await stripe.customers.create({})
    const setup = await stripe.setupIntents.create({
      customer: customer.id,
      payment_method: 'pm_card_authenticationRequiredOnSetup',
      confirm: true,
      return_url: 'https://example.com',
    })
    expect(setup.status).toBe('requires_action')
    simulator.core.completeChallenge(setup.id, 'complete')
    const method = String((await stripe.setupIntents.retrieve(setup.id)).payment_method)
    const absent = { ...ten, customer: customer.id, confirm: true, off_session: true }
    expect((await stripe.paymentIntents.create({ ...absent, payment_method: method })).status).toBe('succeeded')
    const fresh = await stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer: customer.id })
    const declined = await failure(stripe.paymentIntents.create({ ...absent, payment_method: fresh.id }))
    expect(declined).toMatchObject({ code: 'authentication_required', statusCode: 402 })
  })

  it('shows a browser nothing without the secret', async () => {
    await using open = await openSimulator()
    const browser = stripeFor(open.simulator, { key: open.simulator.keys.publishableKey })
    const { id } = await asking(open.stripe)
    expect((await failure(browser.paymentIntents.retrieve(id))).param).toBe('client_secret')
    const guess = { client_secret: `${id}_secret_guess` }
    expect((await failure(browser.paymentIntents.retrieve(id, guess))).statusCode).toBe(400)
  })
})

describe('a card', () => {
  it('number is taken from browsers only', async () => {
    await using open = await openSimulator()
    const card = { number: '4242424242424242', exp_month: 12, exp_year: 2030, cvc: '123' }
    const raw = { type: 'card', card } as const
    expect((await failure(open.stripe.paymentMethods.create(raw))).message).toContain('unsafe')
    const browser = stripeFor(open.simulator, { key: open.simulator.keys.publishableKey })
    expect((await browser.paymentMethods.create(raw)).card?.last4).toBe('4242')
  })

  it('that always declines cannot be attached, but for the one made to fail later', async () => {
    await using open = await openSimulator()
    const { id: customer } = await open.stripe.customers.create({})
    const attach = (method: string) => open.stripe.paymentMethods.attach(method, { customer })
    expect(await failure(attach('pm_card_visa_chargeDeclined'))).toMatchObject({
      code: 'card_declined',
      statusCode: 402,
    })
    expect((await attach('pm_card_chargeCustomerFail')).customer).toBe(customer)
  })

  it('once detached is gone for good', async () => {
    await using open = await openSimulator()
    const { id: customer } = await open.stripe.customers.create({})
    const method = await open.stripe.paymentMethods.attach('pm_card_visa', { customer })
    await open.stripe.paymentMethods.detach(method.id)
    expect((await open.stripe.paymentMethods.list({ customer })).data).toEqual([])
    expect((await failure(open.stripe.paymentMethods.attach(method.id, { customer }))).message).toContain(
      'may not be used',
    )
  })
})

describe('a refund', () => {
  it('gives back part by part until nothing is left', async () => {
    await using open = await openSimulator()
    const paid = await open.stripe.paymentIntents.create({ ...ten, payment_method: 'pm_card_visa', confirm: true })
    const refund = (amount?: number) =>
      open.stripe.refunds.create({ payment_intent: paid.id, ...(amount === undefined ? {} : { amount }) })
    expect((await refund(300)).amount).toBe(300)
    expect((await failure(refund(701))).param).toBe('amount')
    expect((await refund()).amount).toBe(700)
    expect((await failure(refund())).code).toBe('charge_already_refunded')
    const charge = await open.stripe.charges.retrieve(String(paid.latest_charge))
    expect(charge).toMatchObject({ amount_refunded: 1000, refunded: true, status: 'succeeded' })
  })

  it('to a failing card comes back later', async () => {
    await using open = await openSimulator()
    const paid = await open.stripe.paymentIntents.create({
      ...ten,
      payment_method: 'pm_card_refundFail',
      confirm: true,
    })
    const { id, status } = await open.stripe.refunds.create({ payment_intent: paid.id })
    expect(status).toBe('succeeded')
    await open.simulator.clock.advance({ hours: 1 })
    expect(await open.stripe.refunds.retrieve(id)).toMatchObject({ status: 'failed' })
    expect((await eventTypes(open.stripe)).slice(-2)).toEqual(['refund.updated', 'refund.failed'])
    expect((await open.stripe.charges.retrieve(String(paid.latest_charge))).amount_refunded).toBe(0)
  })
})
