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

const setUp = async (open: OpenSimulator, row: CardRow): Promise<Stripe.SetupIntent> => {
  const { id: customer } = await open.stripe.customers.create({})
  const { id } = await open.stripe.setupIntents.create({ customer })
  const confirmed = open.stripe.setupIntents.confirm(id, { payment_method: await methodOf(open, row), return_url })
  const isRefused = !row.saves && !row.asks
  if (isRefused) expect(await failure(confirmed)).toMatchObject({ statusCode: 402, ...errorOf(row) })
  else await confirmed
  if (row.asks) answer(open, { id })
  return open.stripe.setupIntents.retrieve(id)
}

const chargeAbsent = async ({ stripe }: OpenSimulator, setup: Stripe.SetupIntent): Promise<object> => {
  const charged = stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    customer: String(setup.customer),
    payment_method: String(setup.payment_method),
    off_session: true,
    confirm: true,
  })
  return charged.then(
    ({ status }) => ({ status }),
    ({ code, decline_code }: Stripe.errors.StripeError) => ({ code, decline_code }),
  )
}

const absentOutcome = (row: CardRow): object => {
  if (row.asks === 'always') return { code: 'authentication_required' }
  return row.code ? errorOf(row) : { status: 'succeeded' }
}

const outcomeByApi = (row: CardRow): object =>
  row.code
    ? { status: 'requires_payment_method', last_payment_error: errorOf(row), latest_charge: { status: 'failed' } }
    : { status: 'succeeded', latest_charge: { status: 'succeeded' } }

const savable = table.filter(([, row]) => row.saves)
const simple = table.filter(([, row]) => !row.code && !row.asks)

describe('by API', () => {
  it.each(table)('%s pays, is asked for, or fails, as the table says', async (_, row) => {
    await using open = await openSimulator()
    const intent = await pay(open, row)
    expect(intent.status === 'requires_action').toBe(row.asks !== undefined)
    if (row.asks) answer(open, intent)
    const done = await open.stripe.paymentIntents.retrieve(intent.id, { expand: ['latest_charge'] })
    expect(done).toMatchObject(outcomeByApi(row))
  })

  it.each(table)('%s is saved or refused by a SetupIntent, as the table says', async (_, row) => {
    await using open = await openSimulator()
    const { status, last_setup_error } = await setUp(open, row)
    if (row.saves) expect(status).toBe('succeeded')
    else expect(last_setup_error).toMatchObject(errorOf(row))
  })

  it.each(savable)('%s is charged without its owner as the table says, once it is set up', async (_, row) => {
    await using open = await openSimulator()
    expect(await chargeAbsent(open, await setUp(open, row))).toMatchObject(absentOutcome(row))
  })

  it.each(simple)('%s has the consequences that the table says', async (_, row) => {
    await using open = await openSimulator()
    const { id: payment_intent } = await pay(open, row)
    await open.simulator.clock.advance({ minutes: 5 })
    const { data } = await open.stripe.disputes.list({ payment_intent })
    expect(data).toHaveLength(row.afterwards === 'disputed' ? 1 : 0)
    if (row.afterwards === 'disputed') return
    const refund = await open.stripe.refunds.create({ payment_intent })
    await open.simulator.clock.advance({ minutes: 5 })
    const { status } = await open.stripe.refunds.retrieve(refund.id)
    expect(status).toBe(row.afterwards === 'refund fails' ? 'failed' : 'succeeded')
  })
})

const typed = ({ number }: CardRow) => ({
  number,
  expMonth: 12,
  expYear: 2030,
  cvc: number.startsWith('3') ? '1234' : '123',
})

const firstOutcome = (row: CardRow): object => {
  if (row.asks) return { status: 'requires_action' }
  if (!row.code) return { status: 'complete' }
  return {
    status: 'declined',
    code: row.code,
    ...(row.declineCode === undefined ? {} : { declineCode: row.declineCode }),
  }
}

describe.each(['payment', 'subscription'] as const)('in Checkout, for a %s', (mode) => {
  it.each(table)('%s has the effect of the table', async (_, row) => {
    await using open = await openSimulator()
    const { pack, pro } = await createCatalog(open.stripe)
    const line_items = [{ price: mode === 'payment' ? pack.id : pro.id, quantity: 1 }]
    const { id } = await open.stripe.checkout.sessions.create({ mode, success_url: return_url, line_items })
    const outcome = open.simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card: typed(row) })
    expect(outcome).toMatchObject(firstOutcome(row))
    if ('intentId' in outcome) answer(open, { id: outcome.intentId })
    const session = await open.stripe.checkout.sessions.retrieve(id)
    expect([session.status, session.payment_status]).toEqual(row.code ? ['open', 'unpaid'] : ['complete', 'paid'])
    expect(open.simulator.objects('subscription')).toHaveLength(!row.code && mode === 'subscription' ? 1 : 0)
  })
})
