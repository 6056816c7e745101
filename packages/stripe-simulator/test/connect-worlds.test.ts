import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createStripeSimulator } from '../src/index.ts'
import { as, openConnected, paid } from './support/connect.ts'
import { failure } from './support/failure.ts'
import { noon, openSimulator, stripeFor } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

describe('an account', () => {
  it('sees its own objects, and neither the platform’s nor another account’s', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const [one, other] = [await openConnected(open), await openConnected(open)]
    const { id } = await stripe.customers.create({ email: 'ada@example.com' }, as(one))
    expect((await stripe.customers.list({}, as(one))).data).toHaveLength(1)
    expect((await stripe.customers.list()).data).toEqual([])
    expect((await stripe.customers.list({}, as(other))).data).toEqual([])
    for (const options of [{}, as(other)]) {
      expect(await failure(stripe.customers.retrieve(id, {}, options))).toMatchObject({ code: 'resource_missing' })
    }
    const mine = await stripe.customers.create({})
    const refused = await failure(stripe.subscriptions.create({ customer: mine.id, items: [] }, as(one)))
    expect(refused).toMatchObject({ code: 'resource_missing', param: 'customer' })
  })

  it('answers for itself at /v1/account', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    expect((await open.stripe.accounts.retrieveCurrent({}, as(id))).id).toBe(id)
    const own = await open.stripe.accounts.retrieveCurrent()
    expect(own.id).toBe('acct_simulated1')
    expect((await open.stripe.accounts.retrieveCurrent({}, as(own.id))).id).toBe(own.id)
  })

  it('that is not connected is refused with 403, and nothing is done', async () => {
    await using open = await openSimulator()
    const { simulator, stripe } = open
    const refused = await failure(stripe.customers.create({}, as('acct_foreign')))
    expect(refused).toBeInstanceOf(Stripe.errors.StripePermissionError)
    expect(refused).toMatchObject({ statusCode: 403, code: 'account_invalid' })
    expect(refused.message).toContain("does not have access to account 'acct_foreign'")
    expect(simulator.objects('customer')).toEqual([])
    expect(() => simulator.objects('customer', 'acct_foreign')).toThrow('No account "acct_foreign" is connected')
  })

  it('is asked for by the client’s own option as well', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    const { hostname, port } = new URL(open.simulator.url)
    const options = { host: hostname, port, protocol: 'http' as const, stripeAccount: id }
    const client = new Stripe(open.simulator.keys.secretKey, options)
    await client.customers.create({})
    expect(open.simulator.objects('customer', id)).toHaveLength(1)
    expect((await open.stripe.customers.list()).data).toEqual([])
  })

  it('has idempotency keys of its own', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    const idempotencyKey = 'order-7'
    const mine = await open.stripe.customers.create({ name: 'A' }, { idempotencyKey })
    const its = await open.stripe.customers.create({ name: 'B' }, { idempotencyKey, ...as(id) })
    expect(its.id).not.toBe(mine.id)
    const again = await open.stripe.customers.create({ name: 'B' }, { idempotencyKey, ...as(id) })
    expect(again.id).toBe(its.id)
  })

  it('says in what it makes which application made it', async () => {
    await using open = await openSimulator()
    const id = await openConnected(open)
    const intent = await open.stripe.paymentIntents.create({ ...paid, expand: ['application'] }, as(id))
    expect(intent.application).toMatchObject({ id: 'ca_simulated1', object: 'application' })
    expect((await open.stripe.paymentIntents.create(paid)).application).toBeNull()
  })

  it('lives on the same time: what is due happens in order, whichever account it is in', async () => {
    const url = 'http://127.0.0.1:9/'
    await using open = await openSimulator({ webhooks: [{ url }, { url, connect: true }], delivery: { off: true } })
    const { stripe, simulator } = open
    const id = await openConnected(open)
    const subscribe = async (options: { stripeAccount?: string }) => {
      const product = await stripe.products.create({ name: 'Pro' }, options)
      const price = await stripe.prices.create(
        { product: product.id, currency: 'usd', unit_amount: 1000, recurring: { interval: 'month' } },
        options,
      )
      const { id: payer } = await stripe.customers.create({}, options)
      const method = await stripe.paymentMethods.attach('pm_card_visa', { customer: payer }, options)
      await stripe.subscriptions.create(
        { customer: payer, items: [{ price: price.id }], default_payment_method: method.id },
        options,
      )
    }
    await subscribe({})
    await simulator.clock.advance({ days: 3 })
    await subscribe(as(id))
    await simulator.clock.advance({ months: 2 })
    const cycles = (events: ReturnType<typeof simulator.objects<'event'>>) =>
      events.filter(({ type }) => type === 'invoice.paid').map(({ created }) => created)
    const [own, its] = [cycles(simulator.objects('event')), cycles(simulator.objects('event', id))]
    expect([own.length, its.length]).toEqual([3, 2])
    const when = new Map(
      [...simulator.objects('event'), ...simulator.objects('event', id)].map((event) => [event.id, event.created]),
    )
    const told = simulator.webhooks.log().map(({ eventId }) => when.get(eventId) ?? 0)
    expect(told).toHaveLength(when.size)
    expect(told).toEqual([...told].sort((a, b) => b - a))
  })

  it('survives snapshot and restore, and is gone after a reset', async () => {
    await using open = await openSimulator()
    const { simulator, stripe } = open
    const id = await openConnected(open)
    await stripe.customers.create({ email: 'ada@example.com' }, as(id))
    const state = JSON.parse(JSON.stringify(simulator.snapshot()))
    simulator.reset()
    expect(await failure(stripe.customers.list({}, as(id)))).toMatchObject({ code: 'account_invalid' })
    simulator.restore(state)
    expect((await stripe.customers.list({}, as(id))).data).toMatchObject([{ email: 'ada@example.com' }])
  })

  it('is kept in the data file', async () => {
    const dataFile = join(await mkdtemp(join(tmpdir(), 'connect-')), 'state.json')
    const options = { dataFile, now: () => new Date(noon) }
    const first = await createStripeSimulator(options)
    const id = await openConnected({ simulator: first, stripe: stripeFor(first) } as never)
    await stripeFor(first).customers.create({}, as(id))
    await first.close()
    await using second = await createStripeSimulator(options)
    expect(second.objects('customer', id)).toHaveLength(1)
  })
})

describe('events', () => {
  it('of connected accounts go to Connect endpoints, the platform’s to the others, each signed with its own secret', async () => {
    await using own = await openReceiver()
    await using connect = await openReceiver()
    await using open = await openSimulator({
      webhooks: [
        { url: own.url, secret: 'whsec_own' },
        { url: connect.url, secret: 'whsec_connect', connect: true },
      ],
    })
    const { stripe, simulator } = open
    const id = await openConnected(open)
    await stripe.customers.create({}, as(id))
    await stripe.customers.create({})
    await simulator.settled()
    expect(own.types()).toEqual(['customer.created'])
    expect(connect.types()).toEqual(['account.updated', 'customer.created'])
    const [mine] = own.received
    const [, its] = connect.received
    const theirs = stripe.webhooks.constructEvent(its?.body ?? '', its?.signature ?? '', 'whsec_connect')
    expect(theirs).toMatchObject({ account: id, pending_webhooks: 1 })
    expect(stripe.webhooks.constructEvent(mine?.body ?? '', mine?.signature ?? '', 'whsec_own').account).toBeUndefined()
    expect((await stripe.events.list({}, as(id))).data.map(({ type }) => type)).toContain('customer.created')
    expect((await stripe.events.list()).data).toHaveLength(1)
  })

  it('reach an endpoint that was made with `connect`, and one of the account’s own', async () => {
    await using receiver = await openReceiver()
    await using inside = await openReceiver()
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const id = await openConnected(open)
    const enabled_events = ['customer.created' as const]
    const made = await stripe.webhookEndpoints.create({ url: receiver.url, enabled_events, connect: true })
    expect(made.application).toBe('ca_simulated1')
    await stripe.webhookEndpoints.create({ url: inside.url, enabled_events }, as(id))
    await stripe.customers.create({}, as(id))
    await stripe.customers.create({})
    await simulator.settled()
    expect([receiver.received.length, inside.received.length]).toEqual([1, 1])
    const [event] = simulator.objects('event', id)
    expect(await simulator.redeliver(event?.id ?? '')).toEqual({ delivered: 2, failed: 0 })
  })
})
