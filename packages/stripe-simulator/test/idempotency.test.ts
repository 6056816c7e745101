import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

describe('an idempotency key', () => {
  it('replays its answer', async () => {
    await using open = await openSimulator()
    const first = await open.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' })
    const again = await open.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' })
    expect(again.id).toBe(first.id)
    expect(again.lastResponse.headers).toMatchObject({
      'idempotent-replayed': 'true',
      'original-request': first.lastResponse.requestId,
    })
    expect((await open.stripe.customers.list()).data).toHaveLength(1)
  })

  it('replays a decline too', async () => {
    await using open = await openSimulator()
    const pay = () =>
      open.stripe.paymentIntents.create(
        {
          amount: 1000,
          currency: 'usd',
          payment_method: 'pm_card_visa_chargeDeclined',
          confirm: true,
          return_url: 'https://example.com',
        },
        { idempotencyKey: 'declined' },
      )
    const [first, again] = [await failure(pay()), await failure(pay())]
    expect(again).toMatchObject({ code: 'card_declined', statusCode: 402 })
    expect((again.raw as { charge: string }).charge).toBe((first.raw as { charge: string }).charge)
    expect((await open.stripe.charges.list()).data).toHaveLength(1)
  })

  it('belongs to one request', async () => {
    await using open = await openSimulator()
    await open.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' })
    const other = await failure(open.stripe.customers.create({ name: 'Bob' }, { idempotencyKey: 'k' }))
    expect(other).toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
    const elsewhere = await failure(open.stripe.products.create({ name: 'Ada' }, { idempotencyKey: 'k' }))
    expect(elsewhere).toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
  })

  it('is free again after a request that never began', async () => {
    await using open = await openSimulator()
    const wrong = { nickname: 'Ada' } as Stripe.CustomerCreateParams
    await failure(open.stripe.customers.create(wrong, { idempotencyKey: 'k' }))
    expect((await open.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' })).name).toBe('Ada')
  })

  it('is in use while its request runs', async () => {
    await using open = await openSimulator({ settings: { latencyMs: 150 } })
    const create = () => open.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' })
    const results = await Promise.allSettled([create(), create()])
    const refused = results.find((result) => result.status === 'rejected')
    expect(refused?.reason).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' })
    expect((await open.stripe.customers.list()).data).toHaveLength(1)
  })
})
