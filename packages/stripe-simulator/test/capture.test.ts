import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const authorize = ({ stripe }: OpenSimulator, payment_method = 'pm_card_visa') =>
  stripe.paymentIntents.create({
    amount: 1000,
    currency: 'usd',
    capture_method: 'manual',
    payment_method,
    confirm: true,
    return_url: 'https://example.com',
  })

const typesOf = async ({ stripe }: OpenSimulator): Promise<string[]> =>
  (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type).reverse()

describe('a payment that is captured later', () => {
  it('is held first and taken then', async () => {
    await using open = await openSimulator()
    const intent = await authorize(open)
    expect(intent).toMatchObject({ status: 'requires_capture', amount_capturable: 1000, amount_received: 0 })
    const charge = await open.stripe.charges.retrieve(String(intent.latest_charge))
    expect(charge).toMatchObject({ captured: false, amount_captured: 0, balance_transaction: null, paid: true })
    const captured = await open.stripe.paymentIntents.capture(intent.id)
    expect(captured).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 1000 })
    expect(await typesOf(open)).toEqual([
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.amount_capturable_updated',
      'charge.captured',
      'payment_intent.succeeded',
      'charge.updated',
    ])
  })

  it('in part gives the rest back, and refunds no more than was taken', async () => {
    await using open = await openSimulator()
    const { id, latest_charge } = await authorize(open)
    await open.stripe.paymentIntents.capture(id, { amount_to_capture: 600 })
    expect(await open.stripe.charges.retrieve(String(latest_charge))).toMatchObject({
      amount_captured: 600,
      amount_refunded: 400,
    })
    expect((await open.stripe.refunds.create({ payment_intent: id })).amount).toBe(600)
  })

  it('cannot take more than was held, nor twice', async () => {
    await using open = await openSimulator()
    const { id, latest_charge } = await authorize(open)
    const greedy = open.stripe.paymentIntents.capture(id, { amount_to_capture: 1001 })
    expect((await failure(greedy)).param).toBe('amount_to_capture')
    await open.stripe.charges.capture(String(latest_charge))
    expect((await failure(open.stripe.paymentIntents.capture(id))).code).toBe('payment_intent_unexpected_state')
    expect((await failure(open.stripe.charges.capture(String(latest_charge)))).code).toBe('charge_already_captured')
  })

  it('can be let go', async () => {
    await using open = await openSimulator()
    const { id, latest_charge } = await authorize(open)
    expect((await open.stripe.paymentIntents.cancel(id)).status).toBe('canceled')
    expect(await open.stripe.charges.retrieve(String(latest_charge))).toMatchObject({ refunded: true, captured: false })
  })

  it('cannot be refunded while it is held', async () => {
    await using open = await openSimulator()
    const { latest_charge } = await authorize(open)
    const refused = await failure(open.stripe.refunds.create({ charge: String(latest_charge) }))
    expect(refused).toMatchObject({ statusCode: 400, param: 'charge' })
    expect((await open.stripe.balanceTransactions.list()).data).toEqual([])
  })

  it('is given up by the bank after seven days', async () => {
    await using open = await openSimulator()
    const { id } = await authorize(open)
    await open.simulator.clock.advance({ days: 7 })
    expect(await open.stripe.paymentIntents.retrieve(id)).toMatchObject({
      status: 'canceled',
      cancellation_reason: 'automatic',
      amount_capturable: 0,
    })
    expect(await typesOf(open)).toContain('charge.expired')
  })

  it('is held after a challenge too', async () => {
    await using open = await openSimulator()
    const { id } = await authorize(open, 'pm_card_threeDSecure2Required')
    const outcome = open.simulator.core.completeChallenge(id, 'complete')
    expect(outcome.status).toBe('requires_capture')
    expect(outcome.redirectUrl).toContain('redirect_status=succeeded')
  })
})
