import { describe, expect, it } from 'vitest'
import { defaultSettings } from '../src/settings.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

const fast = { retryDelaysMs: [5] }

describe('the list of events', () => {
  it('goes back 30 days', async () => {
    const { eventDays } = defaultSettings
    await using open = await openSimulator({ settings: { eventDays } })
    const { id } = await open.stripe.customers.create({})
    const [event] = (await open.stripe.events.list()).data
    await open.simulator.clock.advance({ days: 29 })
    expect((await open.stripe.events.list()).data).toHaveLength(1)
    expect((await open.stripe.events.retrieve(event?.id ?? '')).data.object).toMatchObject({ id })
    await open.simulator.clock.advance({ days: 1 })
    expect((await open.stripe.events.list()).data).toEqual([])
    expect(await failure(open.stripe.events.retrieve(event?.id ?? ''))).toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
    })
  })

  it('is filtered by kinds, of which there are 20 at most, and by time', async () => {
    await using open = await openSimulator()
    await open.stripe.customers.create({})
    await open.simulator.clock.advance({ hours: 1 })
    await open.stripe.products.create({ name: 'Pro' })
    const types = async (filter: object) => (await open.stripe.events.list(filter)).data.map(({ type }) => type)
    expect(await types({ type: 'customer.*' })).toEqual(['customer.created'])
    expect(await types({ types: ['product.created', 'price.created'] })).toEqual(['product.created'])
    const now = open.simulator.clock.now().getTime() / 1000
    expect(await types({ created: { gte: now } })).toEqual(['product.created'])
    expect(await types({ created: { lt: now } })).toEqual(['customer.created'])
    expect(await types({ created: now })).toEqual(['product.created'])
    const many = (count: number) => ({ types: Array.from({ length: count }, (_, n) => `price.kind${n}`) })
    expect(await types(many(20))).toEqual([])
    expect(await failure(open.stripe.events.list(many(21)))).toMatchObject({ param: 'types', statusCode: 400 })
    const both = { type: 'customer.*', types: ['price.created'] }
    expect(await failure(open.stripe.events.list(both))).toMatchObject({ statusCode: 400 })
  })

  it('tells what has arrived everywhere from what has not', async () => {
    await using good = await openReceiver()
    await using bad = await openReceiver()
    bad.answers.push(500, 500)
    const webhooks = [{ url: good.url }, { url: bad.url, events: ['product.created'] }]
    await using open = await openSimulator({ webhooks, delivery: { ...fast, maxAttempts: 2 } })
    await open.stripe.customers.create({})
    await open.stripe.products.create({ name: 'Pro' })
    await open.simulator.settled()
    const types = async (delivery_success: boolean) =>
      (await open.stripe.events.list({ delivery_success })).data.map(({ type }) => type)
    expect(await types(true)).toEqual(['customer.created'])
    expect(await types(false)).toEqual(['product.created'])
    const [failed] = (await open.stripe.events.list({ delivery_success: false })).data
    expect(failed?.pending_webhooks).toBe(1)
    await open.simulator.redeliver(failed?.id ?? '')
    expect(await types(false)).toEqual([])
  })

  it('counts pending webhooks down as they arrive, each endpoint once', async () => {
    await using one = await openReceiver()
    await using two = await openReceiver()
    const delivery = { off: true, duplicates: 1 }
    await using open = await openSimulator({ webhooks: [{ url: one.url }, { url: two.url }], delivery })
    await open.stripe.customers.create({})
    const pending = async () => (await open.stripe.events.list()).data[0]?.pending_webhooks
    expect(await pending()).toBe(2)
    open.simulator.webhooks.resume()
    await open.simulator.settled()
    expect(await pending()).toBe(0)
    expect(one.received).toHaveLength(2)
  })
})

describe('an endpoint', () => {
  it.each(['disabled', 'deleted'] as const)('that is %s gets no more attempts', async (end) => {
    await using receiver = await openReceiver()
    receiver.answers.push(500)
    await using open = await openSimulator({ delivery: { retryDelaysMs: [60_000] } })
    const { id } = await open.stripe.webhookEndpoints.create({ url: receiver.url, enabled_events: ['*'] })
    await open.stripe.customers.create({})
    await expect.poll(() => receiver.received.length).toBe(1)
    if (end === 'disabled') await open.stripe.webhookEndpoints.update(id, { disabled: true })
    else await open.stripe.webhookEndpoints.del(id)
    await open.simulator.settled()
    expect(open.simulator.webhooks.log()).toMatchObject([{ state: 'failed', attempts: [{ status: 500 }] }])
    await open.stripe.customers.create({})
    expect(open.simulator.webhooks.pending()).toBe(0)
    expect(receiver.received).toHaveLength(1)
  })
})
