import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { type CardRow, errorOf, table } from './support/card-rows.ts'
import { createCatalog } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator, stripeFor } from './support/open-simulator.ts'

const return_url = 'https://example.com/back'

/** A method by its test id; where Stripe names none, from the number, as Stripe.js makes it. */
const methodOf = async ({ simulator }: OpenSimulator, { id, number }: CardRow): Promise<string> => {
  if (id !== null) return id
  const card = { number, exp_month: 12, exp_year: 2030, cvc: '123' }
  const browser = stripeFor(simulator, { key: simulator.keys.publishableKey })
  return (await browser.paymentMethods.create({ type: 'card', card })).id
}

const pay = async (open: OpenSimulator, row: CardRow): Promise<Stripe.PaymentIntent> => {
  const { id } = await open.stripe.paymentIntents.create({ amount: 1000, currency: 'usd' })
  const confirmed = open.stripe.paymentIntents.confirm(id, { payment_method: await methodOf(open, row), return_url })
  const error = await confirmed.then(
    () => undefined,
    (cause: Stripe.errors.StripeError) => cause,
  )
  if (error) expect(error).toMatchObject({ statusCode: 402, ...errorOf(row) })
  return open.stripe.paymentIntents.retrieve(id)
}

const answer = ({ simulator }: OpenSimulator, { id }: { readonly id: string }): void => {
  simulator.core.completeChallenge(id, 'complete')
}

describe.each(table)('%s by API', (_, row) => {
  it('pays, is asked for, or fails, as the table says', async () => {
    await using open = await openSimulator()
    const intent = await pay(open, row)
    if (row.asks) {
      expect(intent).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } })
      answer(open, intent)
    }
    const done = await open.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] })
    const expected = row.code
      ? { status: 'requires_payment_method', last_payment_error: errorOf(row), latest_charge: { status: 'failed' } }
      : { status: 'succeeded', latest_charge: { status: 'succeeded' } }
    expect(done).toMatchObject(expected)
  })

  it('is saved or refused by a SetupIntent, as the table says', async () => {
    await using open = await openSimulator()
    const { id: customer } = await open.stripe.customers.create({})
    const { id } = await open.stripe.setupIntents.create({ customer })
    const method = await methodOf(open, row)
    const confirmed = open.stripe.setupIntents.confirm(id, { payment_method: method, return_url })
    if (!row.saves && !row.asks) {
      expect(await failure(confirmed)).toMatchObject({ statusCode: 402, ...errorOf(row) })
      return
    }
    const intent = await confirmed
    if (row.asks) answer(open, intent)
    const { status, last_setup_error } = await open.stripe.setupIntents.retrieve(id)
    if (row.saves) expect(status).toBe('succeeded')
    else expect(last_setup_error).toMatchObject(errorOf(row))
  })

  it('is charged without its owner as the table says, once it is set up', async () => {
    if (!row.saves) return
    await using open = await openSimulator()
    const { id: customer } = await open.stripe.customers.create({})
    const params = { customer, payment_method: await methodOf(open, row), confirm: true, return_url }
    const setup = await open.stripe.setupIntents.create(params)
    if (row.asks) answer(open, setup)
    const charged = open.stripe.paymentIntents.create({
      amount: 1000,
      currency: 'usd',
      customer,
      payment_method: String((await open.stripe.setupIntents.retrieve(setup.id)).payment_method),
      off_session: true,
      confirm: true,
    })
    if (row.asks === 'always') {
      expect(await failure(charged)).toMatchObject({ statusCode: 402, code: 'authentication_required' })
    } else if (row.code) expect(await failure(charged)).toMatchObject({ statusCode: 402, ...errorOf(row) })
    else expect((await charged).status).toBe('succeeded')
  })

  it('has the consequences that the table says', async () => {
    if (row.code || row.asks) return
    await using open = await openSimulator()
    const { id: payment_intent } = await pay(open, row)
    const disputed = row.afterwards === 'disputed'
    await open.simulator.clock.advance({ minutes: 5 })
    expect((await open.stripe.disputes.list({ payment_intent })).data).toHaveLength(disputed ? 1 : 0)
    if (disputed) return
    const refund = await open.stripe.refunds.create({ payment_intent })
    await open.simulator.clock.advance({ minutes: 5 })
    const { status } = await open.stripe.refunds.retrieve(refund.id)
    expect(status).toBe(row.afterwards === 'refund fails' ? 'failed' : 'succeeded')
  })
})

describe.each(table)('%s in Checkout', (_, row) => {
  it.each(['payment', 'subscription'] as const)('has the effect of the table: %s', async (mode) => {
    await using open = await openSimulator()
    const { pack, pro } = await createCatalog(open.stripe)
    const line_items = [{ price: mode === 'payment' ? pack.id : pro.id, quantity: 1 }]
    const { id } = await open.stripe.checkout.sessions.create({ mode, success_url: return_url, line_items })
    const card = { number: row.number, expMonth: 12, expYear: 2030, cvc: row.number.startsWith('3') ? '1234' : '123' }
    const outcome = open.simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card })
    if (row.asks) {
      expect(outcome.status).toBe('requires_action')
      if ('intentId' in outcome) answer(open, { id: outcome.intentId })
    } else if (row.code) {
      expect(outcome).toMatchObject({ status: 'declined', code: row.code })
      expect('declineCode' in outcome ? outcome.declineCode : undefined).toBe(row.declineCode)
    }
    const fails = row.code !== undefined
    const session = await open.stripe.checkout.sessions.retrieve(id)
    expect([session.status, session.payment_status]).toEqual(fails ? ['open', 'unpaid'] : ['complete', 'paid'])
    expect((await open.stripe.subscriptions.list()).data).toHaveLength(!fails && mode === 'subscription' ? 1 : 0)
  })
})
