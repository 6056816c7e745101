import { describe, expect, it } from 'vitest'
import { type SimulatorOptions, startStripe } from '../../src/testing.ts'
import { createCatalog } from '../support/catalog.ts'
import { noon } from '../support/open-simulator.ts'
import { openReceiver } from '../support/receiver.ts'
import { clientFor } from './client-for.ts'

const open = async (options: SimulatorOptions = {}) => {
  const stripe = await startStripe({ now: () => new Date(noon), ...options })
  const client = clientFor(stripe.address)
  const { growth, pack } = await createShop(client)
  return { stripe, client, growth, pack, [Symbol.asyncDispose]: () => stripe[Symbol.asyncDispose]() }
}

const createShop = async (client: ReturnType<typeof clientFor>) => {
  const { basic: growth, pack } = await createCatalog(client)
  await client.prices.update(growth.id, { lookup_key: 'growth' })
  const features = {
    payment_method_update: { enabled: true },
    subscription_cancel: { enabled: true, mode: 'at_period_end' as const },
  }
  await client.billingPortal.configurations.create({ features })
  return { growth, pack }
}

describe('a test customer', () => {
  it('subscribes by lookup key, and stock stripe-node sees the subscription', async () => {
    await using shop = await open()
    const subscription = await shop.stripe.customer('alice').subscribesTo('growth')
    const seen = await shop.client.subscriptions.retrieve(subscription.id, { expand: ['customer'] })
    expect(seen).toMatchObject({
      status: 'active',
      customer: { email: 'alice@example.com', name: 'alice' },
      items: { data: [{ price: { id: shop.growth.id }, quantity: 1 }] },
    })
  })

  it('subscribes by product name and interval, with a quantity and a trial', async () => {
    await using shop = await open()
    const alice = shop.stripe.customer('alice')
    const { id } = await alice.subscribesTo('pro', { interval: 'year', quantity: 3, trialDays: 7 })
    expect(await shop.client.subscriptions.retrieve(id)).toMatchObject({
      status: 'trialing',
      items: { data: [{ quantity: 3, price: { recurring: { interval: 'year' } } }] },
    })
  })

  it('is the customer that the app made before', async () => {
    await using shop = await open()
    const made = await shop.client.customers.create({ email: 'alice@example.com', metadata: { account: '7' } })
    expect((await shop.stripe.customer('alice').subscribesTo('growth')).customer).toBe(made.id)
    expect((await shop.stripe.customer(made.id).atStripe()).metadata).toEqual({ account: '7' })
  })

  it('buys what is paid once', async () => {
    await using shop = await open()
    const payment = await shop.stripe.customer('bob').buys('Pro', { quantity: 2 })
    expect(await shop.client.paymentIntents.retrieve(payment.id)).toMatchObject({
      status: 'succeeded',
      amount_received: 1000,
    })
  })

  it('pays the checkout that the app opened, and goes where the app wants', async () => {
    await using shop = await open()
    const session = await shop.client.checkout.sessions.create({
      mode: 'payment',
      success_url: 'https://app.example.com/back?session_id={CHECKOUT_SESSION_ID}',
      line_items: [{ price: shop.pack.id, quantity: 1 }],
    })
    const next = await shop.stripe.customer('alice').completesCheckout(session.url ?? '')
    expect(next).toBe(`https://app.example.com/back?session_id=${session.id}`)
    expect((await shop.client.checkout.sessions.retrieve(session.id)).payment_status).toBe('paid')
  })

  it('pays in an embedded page, too, and says what it is asked', async () => {
    await using shop = await open()
    const { client_secret, id } = await shop.client.checkout.sessions.create({
      ui_mode: 'embedded_page',
      mode: 'payment',
      return_url: 'https://app.example.com/back?session_id={CHECKOUT_SESSION_ID}',
      line_items: [{ price: shop.pack.id, quantity: 1 }],
      phone_number_collection: { enabled: true },
      shipping_address_collection: { allowed_countries: ['DE'] },
      billing_address_collection: 'required',
      custom_fields: [{ key: 'team', label: { type: 'custom', custom: 'Team' }, type: 'text' }],
    })
    const next = await shop.stripe.customer('alice').completesCheckout(client_secret ?? '')
    expect(next).toBe(`https://app.example.com/back?session_id=${id}`)
    expect(await shop.client.checkout.sessions.retrieve(id)).toMatchObject({
      payment_status: 'paid',
      collected_information: { shipping_details: { name: 'alice', address: { country: 'DE' } } },
      custom_fields: [{ text: { value: '1' } }],
    })
  })

  it('is told when the bank declines, and may try another card', async () => {
    await using shop = await open()
    const alice = shop.stripe.customer('alice')
    await alice.paysWith('4000000000009995')
    await expect(alice.subscribesTo('growth')).rejects.toMatchObject({
      name: 'CardDeclined',
      code: 'card_declined',
      declineCode: 'insufficient_funds',
    })
    await alice.paysWith('4242424242424242')
    expect((await alice.subscribesTo('growth')).status).toBe('active')
  })

  it('passes 3-D Secure', async () => {
    await using shop = await open()
    const alice = shop.stripe.customer('alice')
    await alice.paysWith('4000000000003220')
    expect((await alice.subscribesTo('growth')).status).toBe('active')
  })

  it('cancels and resumes in the portal', async () => {
    await using shop = await open()
    const alice = shop.stripe.customer('alice')
    const { id } = await alice.subscribesTo('growth')
    expect(await alice.cancels()).toMatchObject({ id, status: 'active', cancel_at_period_end: true })
    expect(await alice.resumes()).toMatchObject({ id, cancel_at_period_end: false })
    await alice.cancels()
    await shop.stripe.advance('1 month')
    expect((await shop.client.subscriptions.retrieve(id)).status).toBe('canceled')
  })

  it('changes the card of a subscription, which the next renewal feels', async () => {
    await using shop = await open()
    const alice = shop.stripe.customer('alice')
    const { id } = await alice.subscribesTo('growth')
    await alice.paysWith('4000000000000341')
    await shop.stripe.advance('1 month')
    await shop.stripe.advance('2 hours')
    expect((await shop.client.subscriptions.retrieve(id)).status).toBe('past_due')
    await alice.paysWith('5555555555554444')
    await shop.stripe.advance('3 days')
    expect((await shop.client.subscriptions.retrieve(id)).status).toBe('active')
  })

  it('hears which price is missing, and what Stripe refuses', async () => {
    await using shop = await open()
    const alice = shop.stripe.customer('alice')
    await expect(alice.subscribesTo('platinum')).rejects.toThrow(
      'No active recurring price has the lookup key "platinum"',
    )
    await expect(alice.buys('growth')).rejects.toThrow('No active one-time price')
    await expect(alice.cancels()).rejects.toThrow('no subscription that runs')
    await shop.stripe.reset()
    await expect(alice.subscribesTo('growth')).rejects.toThrow('Create it first')
  })
})

describe('the bank', () => {
  it('declines the next charges, whatever the card', async () => {
    await using shop = await open()
    await shop.stripe.declinesNext('lost_card')
    const alice = shop.stripe.customer('alice')
    await expect(alice.buys('Pro')).rejects.toMatchObject({ declineCode: 'lost_card' })
    expect((await alice.buys('Pro')).status).toBe('succeeded')
  })
})

describe('time', () => {
  it('moves by what is said, and says when it is', async () => {
    await using shop = await open()
    expect(await shop.stripe.advance('1 month')).toEqual(new Date('2026-02-15T12:00:00Z'))
    await expect(shop.stripe.advance('a while')).rejects.toThrow('is no duration')
  })
})

describe('delivery', () => {
  const arrivals = async (switched: (stripe: Awaited<ReturnType<typeof open>>['stripe']) => Promise<void>) => {
    await using receiver = await openReceiver()
    await using shop = await open({ webhooks: [{ url: receiver.url }] })
    await shop.stripe.settled()
    receiver.received.length = 0
    await switched(shop.stripe)
    await shop.stripe.customer('alice').subscribesTo('growth')
    await shop.stripe.settled()
    const happened = (await shop.client.events.list({ limit: 100 })).data.map(({ id }) => id).reverse()
    return { arrived: receiver.received.map(({ id }) => id), happened: happened.slice(-receiver.received.length) }
  }

  it('is in order, once each', async () => {
    const { arrived, happened } = await arrivals((stripe) => stripe.delivers.inOrder())
    expect(arrived.length).toBeGreaterThan(5)
    expect(arrived).toEqual(happened)
  })

  it('brings each event twice', async () => {
    const { arrived } = await arrivals((stripe) => stripe.delivers.twice())
    const unique = [...new Set(arrived)]
    expect(arrived).toHaveLength(unique.length * 2)
  })

  it('brings nothing until it is switched on, then shuffled as the seed says', async () => {
    const shuffle = async (seed: number): Promise<string[]> => {
      await using receiver = await openReceiver()
      await using shop = await open({ webhooks: [{ url: receiver.url }] })
      await shop.stripe.settled()
      receiver.received.length = 0
      await shop.stripe.delivers.nothing()
      await shop.stripe.customer('alice').subscribesTo('growth')
      await shop.stripe.settled()
      expect(receiver.received).toEqual([])
      await shop.stripe.delivers.shuffled(seed)
      await shop.stripe.settled()
      return receiver.received.map(({ id }) => id)
    }
    const seven = await shuffle(7)
    expect(await shuffle(7)).toEqual(seven)
    expect(await shuffle(8)).not.toEqual(seven)
  })

  it('brings events late', async () => {
    await using receiver = await openReceiver()
    await using shop = await open({ webhooks: [{ url: receiver.url }] })
    await shop.stripe.settled()
    receiver.received.length = 0
    await shop.stripe.delivers.late(300)
    const before = performance.now()
    await shop.client.customers.create({})
    expect(receiver.received).toEqual([])
    await shop.stripe.settled()
    expect(receiver.types()).toEqual(['customer.created'])
    expect(performance.now() - before).toBeGreaterThanOrEqual(290)
  })
})
