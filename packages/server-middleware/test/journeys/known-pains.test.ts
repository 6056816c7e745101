import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { Stripe } from 'stripe'
import { describe, expect, test } from 'vitest'
import { buys, decides, disputes, refunds } from './money-back.ts'
import { payInCheckout, payInPage } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

/** Each of these hurt users of another kit, in the open. */
const times = (count: number) => Array.from({ length: count }, (_, index) => index)

const paidFor = async (world: World) => {
  const alice = world.signIn('alice')
  const { paymentId, clientSecret } = await alice.startsPurchase()
  await payInPage(world.stripe, { paymentId, clientSecret }, 'works')
  const event = world.stripe.objects('event').find(({ type }) => type === 'payment_intent.succeeded')
  if (!event) throw new Error('Stripe tells of no payment.')
  return { alice, paymentId, event }
}

const subscribes = async (world: World) => {
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth')
  payInCheckout(world.stripe, body.sessionId)
  await world.stripe.settled()
  return alice
}

/** Delivers an event as Stripe does; gives the status of the answer. */
const deliver = async (world: World, event: object, url = world.url) => {
  const payload = JSON.stringify(event)
  const signature = Stripe.webhooks.generateTestHeaderString({ payload, secret: world.stripe.keys.webhookSecret })
  const headers = { 'content-type': 'application/json', 'stripe-signature': signature }
  return (await fetch(`${url}/billing/webhook`, { method: 'POST', headers, body: payload })).status
}

const storedEvents = (world: World) => world.database.collection('billing_provider_events').countDocuments()

describe('no webhook', () => {
  test('is answered with success and stored nowhere', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const { alice, event } = await paidFor(world)
    const { name: dbName } = world.database
    await world.database.close()
    expect(await deliver(world, event)).toBe(503)

    await world.database.openUri(process.env.PAYWRIGHT_TEST_MONGODB_URI ?? '', { dbName })
    expect(await storedEvents(world)).toBe(0)
    expect(await deliver(world, event)).toBe(200)
    expect(await alice.credits()).toMatchObject({ paid: 20 })
  })

  test('credits a payment twice: not replayed, not in parallel, not under another event’s id', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const { alice, paymentId, event } = await paidFor(world)
    const copies = [event, event, { ...event, id: 'evt_again' }, { ...event, id: 'evt_and_again' }]
    await Promise.all([...copies.map((copy) => deliver(world, copy)), alice.purchase(paymentId)])
    expect(await deliver(world, event)).toBe(200)
    expect(await alice.credits()).toMatchObject({ paid: 20 })
  })

  test('that is old and comes late brings an old state back', async () => {
    await using world = await openWorld()
    const alice = await subscribes(world)
    const { providerSubscriptionId = '' } = (await alice.status()).subscription ?? {}
    const told = world.stripe.objects('event').filter(({ type }) => String(type).startsWith('customer.subscription.'))
    world.stripe.core.portalCancelSubscription((await alice.opensPortal()).split('/').at(-1) ?? '', {
      subscriptionId: providerSubscriptionId,
    })
    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()
    for (const event of told) {
      expect(await deliver(world, event)).toBe(200)
      expect(await deliver(world, { ...event, id: `${event.id}_late` })).toBe(200)
    }
    expect(await alice.status()).toMatchObject({ plan: { id: 'free' }, subscription: { status: 'canceled' } })
  })

  test('is taken for seen before it has succeeded, and refused when it comes again', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const { alice, event } = await paidFor(world)
    world.stripe.failNext({ code: 'server_error', times: 3 })
    expect(await deliver(world, event)).toBeGreaterThanOrEqual(500)
    expect(await deliver(world, event)).toBe(200)
    expect(await alice.credits()).toMatchObject({ paid: 20 })
  })

  test('is refused because a body parser came first', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const { alice, event } = await paidFor(world)
    const server = express().use(express.json()).use('/billing', world.billing.router).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    expect(await deliver(world, event, `http://127.0.0.1:${port}`)).toBe(200)
    server.closeAllConnections()
    server.close()
    expect(await alice.credits()).toMatchObject({ paid: 20 })
  })

  test('is refused for a type or a customer that nobody knows, until Stripe disables the endpoint', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const { event } = await paidFor(world)
    const object = { id: 'sub_foreign', object: 'subscription', customer: 'cus_foreign' }
    const foreign = { ...event, id: 'evt_foreign', type: 'customer.subscription.updated', data: { object } }
    expect(await deliver(world, { ...event, id: 'evt_new', type: 'moon.full' })).toBe(200)
    expect(await deliver(world, foreign)).toBe(200)
    expect((await world.stranger().get('/health')).body).toMatchObject({ webhook: { failed: 0, dead: 0 } })
  })

  test('loses the period or the invoice because its API version is old', async () => {
    await using world = await openWorld({ webhookVersion: '2025-02-24.acacia' })
    const alice = await subscribes(world)
    world.stripe.declineNext()
    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()
    const [payload] = await world.database
      .collection('billing_provider_events')
      .find({ type: /^invoice/ })
      .toArray()
    expect(payload).toMatchObject({ apiVersion: '2025-02-24.acacia' })
    const { subscription, due } = await alice.status()
    expect(Date.parse(subscription?.currentPeriodEndsAt ?? '')).toBeGreaterThan(world.stripe.clock.now().getTime())
    expect(due).toMatchObject({ reason: 'payment_failed', amount: { amountMinor: 7900 } })
  })
})

describe('no account', () => {
  test('has two subscriptions, from a double click or an upgrade', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const clicks = await Promise.all(times(3).map(() => alice.startsCheckout('starter')))
    expect(new Set(clicks.map(({ body }) => body.sessionId)).size).toBe(1)
    payInCheckout(world.stripe, clicks[0]?.body.sessionId ?? '')
    expect(await alice.startsCheckout('growth')).toMatchObject({ status: 409, body: { code: 'already_subscribed' } })
    expect(world.stripe.objects('subscription')).toHaveLength(1)
  })

  test('is locked out by a card that fails, or sold a second subscription', async () => {
    await using world = await openWorld({ time: 'stripe' })
    const alice = await subscribes(world)
    world.stripe.declineNext()
    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()
    expect(await alice.status()).toMatchObject({ subscription: { status: 'past_due', hasAccess: true } })
    expect(await alice.startsCheckout('growth')).toMatchObject({ status: 409 })
    expect(world.stripe.objects('subscription')).toHaveLength(1)
  })

  test('has two customers at Stripe, or that of somebody with the same e-mail', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const stranger = await inStripe(world, '/v1/customers', { email: 'alice@example.com' })
    const alice = world.signIn('alice')
    await Promise.all([...times(3).map(() => alice.startsPurchase()), alice.startsCheckout('growth')])
    const customers = world.stripe.objects('customer').map(({ id }) => id)
    expect(customers).toHaveLength(2)
    const accounts = await world.database.collection('billing_accounts').find().toArray()
    expect(accounts.map(({ providerCustomerId }) => providerCustomerId)).toEqual(
      customers.filter((id) => id !== stranger.id),
    )
  })
})

describe('no credits', () => {
  test('come before the money of a delayed payment, or never', async () => {
    await using world = await openWorld({ stripeSettings: { paymentMethods: ['card', 'us_bank_account'] } })
    const alice = world.signIn('alice')
    const { body } = await alice.post<{ sessionId: string }>('/checkout', { packId: 'uses20' })
    const account = { routingNumber: '110000000', accountNumber: '000123456789', name: 'Alice' }
    world.stripe.core.payCheckoutSession(body.sessionId, {
      name: 'Alice',
      bankDebit: { type: 'us_bank_account', ...account },
    })
    await world.stripe.settled()
    await alice.status(`?sessionId=${body.sessionId}`)
    expect(await alice.credits()).toMatchObject({ paid: 0 })
    world.stripe.settlePayment(world.stripe.objects('payment_intent')[0]?.id ?? '', 'succeed')
    await world.stripe.settled()
    expect(await alice.credits()).toMatchObject({ paid: 20 })
  })

  test('stay spendable while their money is gone, or are gone when it is back', async () => {
    await using world = await openWorld()
    const bought = await buys(world)
    await refunds(bought, 250)
    expect(await bought.alice.credits()).toMatchObject({ paid: 10 })
    const id = await disputes(bought)
    expect(await bought.alice.credits()).toMatchObject({ paid: 0, frozen: 10 })
    await decides(bought, id, 'won')
    expect(await bought.alice.credits()).toMatchObject({ paid: 10, frozen: 0, debt: 0 })
  })
})

describe('no browser', () => {
  test('chooses a price, an amount, a discount, a customer or the address to come back to', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')
    for (const body of [
      { planId: 'growth', priceId: 'price_1' },
      { packId: 'uses20', amountMinor: 1 },
      { planId: 'growth', discounts: [{ coupon: 'half' }] },
      { planId: 'growth', customer: 'cus_1' },
      { planId: 'growth', returnPath: 'https://elsewhere.example/' },
    ]) {
      expect(await alice.post('/checkout', body)).toMatchObject({ status: 400 })
    }
    expect(world.stripe.objects('checkout.session')).toEqual([])
  })
})

const inStripe = async ({ stripe: { url, keys } }: World, path: string, fields: Record<string, string>) => {
  const headers = { authorization: `Bearer ${keys.secretKey}` }
  const response = await fetch(`${url}${path}`, { method: 'POST', headers, body: new URLSearchParams(fields) })
  return (await response.json()) as { id: string }
}
