import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { openSimulator } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

const secret = 'whsec_of_this_test'
const fast = { retryDelaysMs: [20] }

const createMany = async (stripe: Stripe, names: readonly string[]): Promise<void> => {
  for (const name of names) await stripe.products.create({ name })
}

const nameOf = (body: string): string => (JSON.parse(body) as { data: { object: { name: string } } }).data.object.name

describe('an event', () => {
  it('arrives signed, as stripe-node checks it', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url, secret }] })
    const customer = await open.stripe.customers.create({ name: 'Ada' }, { idempotencyKey: 'ada' })
    await open.simulator.settled()
    const [first] = receiver.received
    const event = open.stripe.webhooks.constructEvent(first?.body ?? '', first?.signature ?? '', secret)
    expect(event).toMatchObject({
      type: 'customer.created',
      api_version: Stripe.API_VERSION,
      livemode: false,
      pending_webhooks: 1,
      request: { idempotency_key: 'ada' },
      data: { object: { id: customer.id, name: 'Ada' } },
    })
    const forged = () => open.stripe.webhooks.constructEvent(first?.body ?? '', first?.signature ?? '', 'whsec_other')
    expect(forged).toThrow(Stripe.errors.StripeSignatureVerificationError)
  })

  it('is signed with the simulator’s own secret unless the endpoint has one', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }] })
    await open.stripe.customers.create({})
    await open.simulator.settled()
    const [{ body, signature } = { body: '', signature: '' }] = receiver.received
    const { webhookSecret } = open.simulator.keys
    expect(open.stripe.webhooks.constructEvent(body, signature, webhookSecret).type).toBe('customer.created')
  })

  it('shows the object as it was then, and what it was before', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }], delivery: { off: true } })
    const { id } = await open.stripe.customers.create({ name: 'Ada', email: 'ada@example.com' })
    await open.stripe.customers.update(id, { name: 'Countess Ada' })
    await open.stripe.customers.update(id, { name: 'Countess Ada' })
    open.simulator.webhooks.resume()
    await open.simulator.settled()
    const data = receiver.received.map(({ body }) => (JSON.parse(body) as Stripe.Event).data)
    expect(data).toMatchObject([
      { object: { name: 'Ada' } },
      { object: { name: 'Countess Ada' }, previous_attributes: { name: 'Ada' } },
    ])
  })

  it('goes only where it is wanted', async () => {
    await using all = await openReceiver()
    await using some = await openReceiver()
    const webhooks = [{ url: all.url }, { url: some.url, events: ['product.created'] }]
    await using open = await openSimulator({ webhooks })
    await open.stripe.customers.create({})
    await open.stripe.products.create({ name: 'Pro' })
    await open.simulator.settled()
    expect(all.types()).toEqual(['customer.created', 'product.created'])
    expect(some.types()).toEqual(['product.created'])
  })

  it('of an endpoint made by the API is signed with the secret shown once', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator()
    const endpoint = await open.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] })
    expect(await open.stripe.webhookEndpoints.retrieve(endpoint.id)).not.toHaveProperty('secret')
    await open.stripe.customers.create({})
    await open.simulator.settled()
    const [{ body, signature } = { body: '', signature: '' }] = receiver.received
    expect(open.stripe.webhooks.constructEvent(body, signature, endpoint.secret ?? '').type).toBe('customer.created')
  })
})

describe('an attempt', () => {
  it('that fails is repeated, signed anew, until it is answered', async () => {
    await using receiver = await openReceiver()
    receiver.answers.push(500, 302)
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }], delivery: { retryDelaysMs: [1100] } })
    await open.stripe.customers.create({})
    await open.simulator.settled()
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
    const signatures = receiver.received.map(({ signature }) => signature)
    expect(new Set(signatures).size).toBe(3)
    const [delivery] = open.simulator.webhooks.log()
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 302, 200])
    expect(delivery?.state).toBe('delivered')
  })

  it('is given up at last', async () => {
    await using receiver = await openReceiver()
    receiver.answers.push(500, 500, 500)
    const delivery = { ...fast, maxAttempts: 3 }
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }], delivery })
    await open.stripe.customers.create({})
    await open.simulator.settled()
    expect(open.simulator.webhooks.log()).toMatchObject([{ state: 'failed' }])
    expect(receiver.received).toHaveLength(3)
  })

  it('at an endpoint that is not there is repeated as well', async () => {
    await using open = await openSimulator({
      webhooks: [{ url: 'http://127.0.0.1:9/nobody' }],
      delivery: { ...fast, maxAttempts: 2 },
    })
    await open.stripe.customers.create({})
    await open.simulator.settled()
    const [delivery] = open.simulator.webhooks.log()
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([0, 0])
  })
})

describe('deliveries', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f']

  const arrivals = async (order: 'inOrder' | 'shuffled', seed: number): Promise<string[]> => {
    await using receiver = await openReceiver()
    const delivery = { order, seed, off: true }
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }], delivery })
    await createMany(open.stripe, names)
    open.simulator.webhooks.resume()
    await open.simulator.settled()
    return receiver.received.map(({ body }) => nameOf(body))
  }

  it('come in order', async () => {
    expect(await arrivals('inOrder', 1)).toEqual(names)
  })

  it('come shuffled, the same way for the same seed', async () => {
    const [first, again, other] = [
      await arrivals('shuffled', 1),
      await arrivals('shuffled', 1),
      await arrivals('shuffled', 2),
    ]
    expect(first).toEqual(again)
    expect(first).not.toEqual(names)
    expect(other).not.toEqual(first)
    expect(first.toSorted()).toEqual(names)
  })

  it('come more than once', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }], delivery: { duplicates: 2 } })
    await open.stripe.customers.create({})
    await open.simulator.settled()
    expect(receiver.received).toHaveLength(3)
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1)
  })

  it('are held back, and go out when they may', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }] })
    open.simulator.webhooks.pause()
    await createMany(open.stripe, ['a', 'b'])
    await open.simulator.settled()
    expect(receiver.received).toEqual([])
    expect(open.simulator.webhooks.pending()).toBe(2)
    open.simulator.webhooks.resume()
    await open.simulator.settled()
    expect(receiver.types()).toEqual(['product.created', 'product.created'])
  })

  it('of one event are repeated at will, many at once', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }] })
    await open.stripe.customers.create({})
    await open.simulator.settled()
    const [event] = open.simulator.objects('event')
    const result = await open.simulator.redeliver(event?.id ?? '', { times: 50, parallel: 20 })
    expect(result).toEqual({ delivered: 50, failed: 0 })
    expect(receiver.received.map(({ id }) => id)).toEqual(Array.from({ length: 51 }, () => event?.id))
  })

  it('of what was rolled back do not exist', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url }] })
    const wrong = { name: 'Pro', default_price_data: { currency: 'usd' } }
    await expect(open.stripe.products.create(wrong)).rejects.toThrow('unit_amount')
    await open.simulator.settled()
    expect(receiver.received).toEqual([])
  })
})
