import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { failure } from './support/failure.ts'
import { openSimulator, stripeFor } from './support/open-simulator.ts'

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

  it('replays a broken answer as it was', async () => {
    await using open = await openSimulator()
    open.simulator.failNext({ code: 'server_error' })
    const create = () => open.stripe.customers.create({}, { idempotencyKey: 'k' })
    const [first, again] = [await failure(create()), await failure(create())]
    expect([first, again]).toMatchObject([{ statusCode: 500 }, { statusCode: 500, message: first.message }])
    expect(first.headers).not.toHaveProperty('idempotent-replayed')
    expect(again.headers).toMatchObject({ 'idempotent-replayed': 'true', 'original-request': first.requestId })
  })

  it('is free again after a request that was refused while another one ran', async () => {
    await using open = await openSimulator({ settings: { latencyMs: 100 } })
    const create = (name: string) => open.stripe.customers.create({ name }, { idempotencyKey: 'k' })
    const [first, conflict] = await Promise.allSettled([create('Ada'), create('Ada')])
    expect([first.status, conflict.status].toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await create('Ada')).lastResponse.headers).toMatchObject({ 'idempotent-replayed': 'true' })
  })

  it('is not used up by a limit or a lock', async () => {
    await using open = await openSimulator()
    for (const code of ['rate_limit', 'lock_timeout'] as const) {
      open.simulator.failNext({ code })
      const create = () => open.stripe.customers.create({ name: code }, { idempotencyKey: code })
      expect((await failure(create())).statusCode).toBe(429)
      expect((await create()).name).toBe(code)
    }
  })

  it('has at most 255 characters', async () => {
    await using open = await openSimulator()
    const create = (length: number) => open.stripe.customers.create({}, { idempotencyKey: 'k'.repeat(length) })
    expect((await create(255)).object).toBe('customer')
    expect(await failure(create(256))).toBeInstanceOf(Stripe.errors.StripeIdempotencyError)
    expect(open.simulator.objects('customer')).toHaveLength(1)
  })

  it('is remembered for a day at least, and beyond unless the settings say otherwise', async () => {
    await using lasting = await openSimulator()
    await using forgetful = await openSimulator({ settings: { idempotencySeconds: 86_400 } })
    const create = (stripe: Stripe) => stripe.customers.create({}, { idempotencyKey: 'k' })
    for (const { simulator, stripe } of [lasting, forgetful]) {
      const { id } = await create(stripe)
      await simulator.clock.advance({ hours: 23 })
      expect((await create(stripe)).id).toBe(id)
      await simulator.clock.advance({ hours: 1 })
      await create(stripe)
    }
    expect(lasting.simulator.objects('customer')).toHaveLength(1)
    expect(forgetful.simulator.objects('customer')).toHaveLength(2)
  })

  it('means nothing where nothing is made', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.customers.create({}, { idempotencyKey: 'k' })
    const again = await open.stripe.customers.retrieve(id, {}, { idempotencyKey: 'k' })
    expect(again.lastResponse.headers).not.toHaveProperty('idempotent-replayed')
    expect((await open.stripe.customers.del(id, {}, { idempotencyKey: 'k' })).deleted).toBe(true)
    expect(await failure(open.stripe.customers.del(id, {}, { idempotencyKey: 'k' }))).toMatchObject({ statusCode: 404 })
  })

  it('belongs to one query too', async () => {
    await using open = await openSimulator()
    const headers = { authorization: `Bearer ${open.simulator.keys.secretKey}`, 'idempotency-key': 'k' }
    const create = (query: string) =>
      fetch(`${open.simulator.url}/v1/customers${query}`, { method: 'POST', headers }).then(({ status }) => status)
    expect(await create('?name=Ada')).toBe(200)
    expect(await create('?name=Ada')).toBe(200)
    expect(await create('?name=Bob')).toBe(400)
    expect(open.simulator.objects('customer')).toHaveLength(1)
  })

  it('of version 2 does failed work again, and replays what was done', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.customers.create({})
    const event = { event_name: 'calls', payload: { stripe_customer_id: id, value: '1' } }
    const create = () => open.stripe.v2.billing.meterEvents.create(event, { idempotencyKey: 'k' })
    expect((await failure(create())).code).toBe('no_meter')
    await open.stripe.billing.meters.create({
      display_name: 'Calls',
      event_name: 'calls',
      default_aggregation: { formula: 'sum' },
    })
    const first = await create()
    const again = await create()
    expect(again.identifier).toBe(first.identifier)
    expect(again.lastResponse.headers).toMatchObject({ 'idempotent-replayed': 'true' })
    expect(open.simulator.objects('billing.meter_event')).toHaveLength(1)
  })
})

describe('the retries of stripe-node', () => {
  const retrying = async (latencyMs = 0) => {
    const open = await openSimulator({ settings: { latencyMs } })
    const keys: string[] = []
    const stripe = stripeFor(open.simulator, {
      maxNetworkRetries: 2,
      fetch: (input, init) => {
        keys.push(String(new Headers(init?.headers).get('idempotency-key')))
        return fetch(input, init)
      },
    })
    return { ...open, stripe, keys, [Symbol.asyncDispose]: open[Symbol.asyncDispose] }
  }

  it('send a key again that is in use, until its answer is there', async () => {
    await using open = await retrying(300)
    const create = () => open.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'k' })
    const [one, other] = await Promise.all([create(), create()])
    expect(one.id).toBe(other.id)
    expect(open.simulator.objects('customer')).toHaveLength(1)
    expect(open.keys.length).toBeGreaterThan(2)
    expect(new Set(open.keys)).toEqual(new Set(['k']))
  })

  it('keep their key after a broken answer, which is all they get', async () => {
    await using open = await retrying()
    open.simulator.failNext({ code: 'server_error' })
    const refused = await failure(open.stripe.customers.create({}))
    expect(refused.statusCode).toBe(500)
    expect(refused.headers).toMatchObject({ 'idempotent-replayed': 'true' })
    expect(open.keys).toHaveLength(3)
    expect(new Set(open.keys).size).toBe(1)
  })

  it('get through a lock and a lost answer, and make one thing', async () => {
    await using open = await retrying()
    open.simulator.failNext({ code: 'lock_timeout' })
    open.simulator.failNext({ code: 'timeout' })
    const { id } = await open.stripe.customers.create({ name: 'Ada' })
    expect(open.simulator.objects('customer').map((each) => each.id)).toEqual([id])
    expect(new Set(open.keys).size).toBe(1)
  })

  it('do not happen on a rate limit, nor for what is not simulated', async () => {
    await using open = await retrying()
    open.simulator.failNext({ code: 'rate_limit' })
    expect((await failure(open.stripe.customers.create({}))).code).toBe('rate_limit')
    expect(open.keys).toHaveLength(1)
    const url = 'https://example.com'
    const api_version = '2025-03-31.basil'
    await failure(open.stripe.webhookEndpoints.create({ url, enabled_events: ['*'], api_version }))
    expect(open.keys).toHaveLength(2)
  })
})
