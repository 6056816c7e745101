import { describe, expect, it } from 'vitest'
import { eventsAfter } from './support/events-after.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const five = { amount: 500, currency: 'usd', source: 'tok_visa' }

describe('a charge without an intent', () => {
  it('takes the money at once, from what a token stands for', async () => {
    await using open = await openSimulator()
    const events = await eventsAfter(open, () =>
      open.stripe.charges.create({ ...five, description: 'Book', statement_descriptor: 'BOOK' }),
    )
    expect(events).toEqual(['charge.succeeded', 'charge.updated'])
    const [charge] = (await open.stripe.charges.list()).data
    expect(charge).toMatchObject({
      amount_captured: 500,
      captured: true,
      calculated_statement_descriptor: 'SIMULATED* BOOK',
      customer: null,
      description: 'Book',
      paid: true,
      payment_intent: null,
      source: { object: 'card', brand: 'Visa', last4: '4242' },
      status: 'succeeded',
    })
    expect(charge?.payment_method).toMatch(/^card_/)
    const [booked] = (await open.stripe.balanceTransactions.list({ source: charge?.id ?? '' })).data
    expect(charge?.balance_transaction).toBe(booked?.id)
  })

  it('is declined with its card, and with one that wants 3-D Secure', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const declined = await failure(stripe.charges.create({ ...five, source: 'tok_visa_chargeDeclined' }))
    expect(declined).toMatchObject({ statusCode: 402, code: 'card_declined', decline_code: 'generic_decline' })
    const [failed] = (await stripe.charges.list()).data
    expect(failed).toMatchObject({ id: declined.charge, status: 'failed', paid: false })
    const asking = stripe.charges.create({ ...five, source: 'tok_threeDSecure2Required' })
    expect(await failure(asking)).toMatchObject({ code: 'authentication_required' })
  })

  it('can be held and captured in part, let go, or end by itself', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const hold = () => stripe.charges.create({ ...five, capture: false })
    const taken = await hold()
    expect(taken).toMatchObject({ captured: false, balance_transaction: null })
    expect(await stripe.charges.capture(taken.id, { amount: 300 })).toMatchObject({
      amount_captured: 300,
      amount_refunded: 200,
      captured: true,
    })
    expect(await failure(stripe.charges.capture(taken.id))).toMatchObject({ code: 'charge_already_captured' })
    const released = await hold()
    expect(await failure(stripe.refunds.create({ charge: released.id, amount: 100 }))).toMatchObject({
      param: 'amount',
    })
    await stripe.refunds.create({ charge: released.id })
    expect(await stripe.charges.retrieve(released.id)).toMatchObject({ refunded: true, captured: false })
    expect(await failure(stripe.charges.capture(released.id))).toMatchObject({ code: 'charge_already_refunded' })
    const forgotten = await hold()
    expect(await eventsAfter(open, () => simulator.clock.advance({ days: 8 }))).toEqual(['charge.expired'])
    expect(await stripe.charges.retrieve(forgotten.id)).toMatchObject({ refunded: true })
    const booked = (await stripe.balanceTransactions.list()).data.map(({ amount }) => amount)
    expect(booked).toEqual([300])
  })

  it('is refused without somebody to charge', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id: customer } = await stripe.customers.create({})
    const create = (params: object) => failure(stripe.charges.create({ amount: 500, currency: 'usd', ...params }))
    expect(await create({})).toMatchObject({ statusCode: 400, message: 'Must provide source or customer.' })
    expect(await create({ customer })).toMatchObject({ statusCode: 402, code: 'missing', param: 'card' })
    expect(await create({ customer, source: 'tok_visa' })).toMatchObject({ statusCode: 400, code: 'missing' })
    expect(await create({ source: 'tok_none' })).toMatchObject({ code: 'resource_missing' })
    expect(await create({ source: 'tok_visa', amount: 20 })).toMatchObject({ code: 'amount_too_small' })
    expect(await failure(stripe.charges.create({ currency: 'usd', source: 'tok_visa' }))).toMatchObject({
      code: 'parameter_missing',
      param: 'amount',
    })
  })

  it('can be annotated: whose it is once, what its seller thinks of it, where it goes', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id } = await stripe.charges.create(five)
    const { id: customer } = await stripe.customers.create({})
    const shipping = { name: 'Ada', address: { line1: 'Street 1', city: 'Berlin' }, carrier: 'Post' }
    const updated = await stripe.charges.update(id, {
      customer,
      shipping,
      fraud_details: { user_report: 'fraudulent' },
    })
    expect(updated).toMatchObject({ customer, shipping, fraud_details: { user_report: 'fraudulent' } })
    const other = await stripe.customers.create({})
    expect(await failure(stripe.charges.update(id, { customer: other.id }))).toMatchObject({ param: 'customer' })
  })
})
