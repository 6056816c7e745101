import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator, stripeFor } from './support/open-simulator.ts'

describe('keys', () => {
  it('are asked for', async () => {
    await using open = await openSimulator()
    const response = await fetch(`${open.simulator.url}/v1/customers`)
    expect(response.status).toBe(401)
    expect(response.headers.get('request-id')).toMatch(/^req_/)
  })

  it('work as basic user name too', async () => {
    await using open = await openSimulator()
    const basic = Buffer.from(`${open.simulator.keys.secretKey}:`).toString('base64')
    const headers = { authorization: `Basic ${basic}` }
    expect((await fetch(`${open.simulator.url}/v1/customers`, { headers })).status).toBe(200)
  })

  it('that nobody knows are refused', async () => {
    await using open = await openSimulator()
    const stranger = stripeFor(open.simulator, { key: 'sk_test_stranger' })
    expect(await failure(stranger.customers.list())).toBeInstanceOf(Stripe.errors.StripeAuthenticationError)
  })

  it('for browsers open no secret route', async () => {
    await using open = await openSimulator()
    const browser = stripeFor(open.simulator, { key: open.simulator.keys.publishableKey })
    expect(await failure(browser.customers.list())).toMatchObject({ code: 'secret_key_required', statusCode: 401 })
  })
})

describe('a wrong request', () => {
  it('with an unknown name says which, in brackets', async () => {
    await using open = await openSimulator()
    const wrong = { address: { planet: 'Mars' } } as Stripe.CustomerCreateParams
    expect(await failure(open.stripe.customers.create(wrong))).toMatchObject({
      code: 'parameter_unknown',
      param: 'address[planet]',
      statusCode: 400,
    })
  })

  it('without what is needed says what', async () => {
    await using open = await openSimulator()
    const wrong = { currency: 'usd' } as Stripe.PaymentIntentCreateParams
    expect(await failure(open.stripe.paymentIntents.create(wrong))).toMatchObject({
      code: 'parameter_missing',
      param: 'amount',
    })
  })

  it('with text for a number says so', async () => {
    await using open = await openSimulator()
    const wrong = { amount: 'ten' as unknown as number, currency: 'usd' }
    expect(await failure(open.stripe.paymentIntents.create(wrong))).toMatchObject({
      code: 'parameter_invalid_integer',
      param: 'amount',
    })
  })

  it('with an unknown choice lists the choices', async () => {
    await using open = await openSimulator()
    const wrong = { mode: 'gift' as 'payment', success_url: 'https://example.com' }
    const { message, param } = await failure(open.stripe.checkout.sessions.create(wrong))
    expect(param).toBe('mode')
    expect(message).toBe('Invalid mode: must be one of payment, setup, or subscription')
  })

  it('that still sends payment_method_types is told that this is over', async () => {
    await using open = await openSimulator()
    const wrong = { amount: 1000, currency: 'usd', payment_method_types: ['card'] } as Stripe.PaymentIntentCreateParams
    expect(await failure(open.stripe.paymentIntents.create(wrong))).toMatchObject({
      code: 'payment_method_types_no_longer_supported',
    })
  })

  it('for something absent is 404, and 400 when it only refers to it', async () => {
    await using open = await openSimulator()
    expect(await failure(open.stripe.customers.retrieve('cus_none'))).toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
      param: 'id',
      message: "No such customer: 'cus_none'",
    })
    const reference = { amount: 1000, currency: 'usd', customer: 'cus_none' }
    expect(await failure(open.stripe.paymentIntents.create(reference))).toMatchObject({
      code: 'resource_missing',
      statusCode: 400,
      param: 'customer',
    })
  })

  it('leaves nothing behind', async () => {
    await using open = await openSimulator()
    const wrong = { name: 'Pro', default_price_data: { currency: 'usd' } }
    await failure(open.stripe.products.create(wrong))
    expect((await open.stripe.products.list()).data).toEqual([])
    expect((await open.stripe.events.list()).data).toEqual([])
  })

  it('for what the simulator does not do is told so, never answered with something made up', async () => {
    await using open = await openSimulator()
    expect(await failure(open.stripe.paymentIntents.verifyMicrodeposits('pi_1'))).toMatchObject({
      code: 'simulator_not_implemented',
      statusCode: 501,
    })
    const customer = await createPayer(open.stripe)
    const taxed = { customer: customer.id, billing_thresholds: { amount_gte: 1000 }, items: [] }
    expect(await failure(open.stripe.subscriptions.create(taxed))).toMatchObject({
      code: 'simulator_not_implemented',
      param: 'billing_thresholds',
    })
  })

  it('for an unknown address is 404', async () => {
    await using open = await openSimulator()
    const headers = { authorization: `Bearer ${open.simulator.keys.secretKey}` }
    expect((await fetch(`${open.simulator.url}/v1/unicorns`, { headers })).status).toBe(404)
  })
})

describe('metadata', () => {
  it('merges, forgets empty values, and is cleared as a whole', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.customers.create({ metadata: { a: '1', b: '2' } })
    const merged = await open.stripe.customers.update(id, { metadata: { a: '', c: '3' } })
    expect(merged.metadata).toEqual({ b: '2', c: '3' })
    expect((await open.stripe.customers.update(id, { metadata: '' })).metadata).toEqual({})
  })

  it('has short keys and values', async () => {
    await using open = await openSimulator()
    const long = { metadata: { ['k'.repeat(41)]: 'v' } }
    expect((await failure(open.stripe.customers.create(long))).statusCode).toBe(400)
    expect((await failure(open.stripe.customers.create({ metadata: { k: 'v'.repeat(501) } }))).statusCode).toBe(400)
    const longest = { ['k'.repeat(40)]: 'v'.repeat(500) }
    expect((await open.stripe.customers.create({ metadata: longest })).metadata).toEqual(longest)
  })

  it('has at most 50 keys, however they came', async () => {
    await using open = await openSimulator()
    const keys = (from: number, to: number) =>
      Object.fromEntries(Array.from({ length: to - from }, (_, n) => [`k${from + n}`, 'v']))
    const { id } = await open.stripe.customers.create({ metadata: keys(0, 49) })
    expect(Object.keys((await open.stripe.customers.update(id, { metadata: keys(49, 50) })).metadata)).toHaveLength(50)
    const refused = await failure(open.stripe.customers.update(id, { metadata: keys(50, 51) }))
    expect(refused).toMatchObject({ param: 'metadata', statusCode: 400 })
    const exchanged = await open.stripe.customers.update(id, { metadata: { k0: '', k50: 'v' } })
    expect(Object.keys(exchanged.metadata)).toHaveLength(50)
  })

  it('has the same rules wherever it stands', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const start = (metadata: Record<string, string>) =>
      open.stripe.checkout.sessions.create({
        mode: 'subscription',
        success_url: 'https://example.com',
        line_items: [{ price: pro.id, quantity: 1 }],
        subscription_data: { metadata },
      })
    const key = 'k'.repeat(41)
    expect(await failure(start({ [key]: 'v' }))).toMatchObject({ param: `subscription_data[metadata][${key}]` })
    expect(await failure(start({ k: 'v'.repeat(501) }))).toMatchObject({ param: 'subscription_data[metadata][k]' })
    const many = Object.fromEntries(Array.from({ length: 51 }, (_, n) => [`k${n}`, 'v']))
    expect(await failure(start(many))).toMatchObject({ param: 'subscription_data[metadata]' })
    expect((await start({ k: 'v' })).object).toBe('checkout.session')
  })

  it('forgets a key that stripe-node sends as null', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.customers.create({ metadata: { a: '1', b: '2' } })
    expect((await open.stripe.customers.update(id, { metadata: { a: null } })).metadata).toEqual({ b: '2' })
    expect((await open.stripe.customers.update(id, { metadata: null as never })).metadata).toEqual({})
  })
})

it('forgets deleted customers in lists and remembers them by id', async () => {
  await using open = await openSimulator()
  const { id } = await open.stripe.customers.create({})
  await open.stripe.customers.del(id)
  expect((await open.stripe.customers.list()).data).toEqual([])
  expect(await open.stripe.customers.retrieve(id)).toMatchObject({ id, deleted: true })
})

it('makes the same ids from the same seed and the same calls', async () => {
  await using one = await openSimulator({ seed: 7 })
  await using two = await openSimulator({ seed: 7 })
  await using other = await openSimulator({ seed: 8 })
  const ids = await Promise.all([one, two, other].map(async ({ stripe }) => (await stripe.customers.create({})).id))
  expect(ids[0]).toBe(ids[1])
  expect(ids[0]).not.toBe(ids[2])
})
