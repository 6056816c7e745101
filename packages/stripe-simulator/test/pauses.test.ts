import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const subscribe = async ({ stripe }: OpenSimulator, more: Partial<Stripe.SubscriptionCreateParams> = {}) => {
  const catalog = await createCatalog(stripe)
  const { id: customer } = await createPayer(stripe)
  const items = [{ price: catalog.pro.id }]
  return { ...catalog, ...(await stripe.subscriptions.create({ customer, items, ...more })) }
}

const seconds = ({ simulator }: OpenSimulator): number => Math.floor(simulator.clock.now().getTime() / 1000)

describe('a pause', () => {
  it('stops periods and bills, and says why', async () => {
    await using open = await openSimulator()
    const { id } = await subscribe(open)
    expect(await open.stripe.subscriptions.pause(id, { type: 'subscription' })).toMatchObject({
      status: 'paused',
      status_details: { paused: { subscription: { type: 'pause_requested' } } },
    })
    await open.simulator.clock.advance({ months: 3 })
    expect((await open.stripe.invoices.list()).data).toHaveLength(1)
    expect((await failure(open.stripe.subscriptions.pause(id, { type: 'subscription' }))).statusCode).toBe(400)
  })

  it('is not for a subscription with a schedule', async () => {
    await using open = await openSimulator()
    const { id } = await subscribe(open)
    await open.stripe.subscriptionSchedules.create({ from_subscription: id })
    expect((await failure(open.stripe.subscriptions.pause(id, { type: 'subscription' }))).statusCode).toBe(400)
  })

  it('ends with a new period that is paid', async () => {
    await using open = await openSimulator()
    const { id } = await subscribe(open)
    await open.stripe.subscriptions.pause(id, { type: 'subscription' })
    await open.simulator.clock.advance({ days: 40 })
    const resumed = await open.stripe.subscriptions.resume(id, { expand: ['latest_invoice'] })
    expect(resumed).toMatchObject({ status: 'active', latest_invoice: { total: 2000, status: 'paid' } })
    expect(resumed.items.data[0]?.current_period_start).toBe(seconds(open))
    const events = await open.stripe.events.list({
      types: ['customer.subscription.paused', 'customer.subscription.resumed'],
    })
    expect(events.data.map(({ type }) => type)).toEqual([
      'customer.subscription.resumed',
      'customer.subscription.paused',
    ])
  })

  it('ends where it stood, within its period, for nothing', async () => {
    await using open = await openSimulator()
    const { id } = await subscribe(open)
    await open.stripe.subscriptions.pause(id, { type: 'subscription' })
    const resumed = await open.stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: 'unchanged' } })
    expect(resumed.status).toBe('active')
    expect(resumed).not.toHaveProperty('status_details')
    expect((await open.stripe.invoices.list()).data).toHaveLength(1)
  })

  it('goes on until the new period is paid, or for good after 23 hours', async () => {
    await using open = await openSimulator()
    const { id } = await subscribe(open)
    await open.stripe.subscriptions.pause(id, { type: 'subscription' })
    open.simulator.declineNext({ times: 2 })
    const unpaid = await open.stripe.subscriptions.resume(id)
    expect(unpaid.status).toBe('paused')
    await open.simulator.clock.advance({ hours: 23 })
    expect((await open.stripe.invoices.retrieve(String(unpaid.latest_invoice))).status).toBe('void')
    const again = await open.stripe.subscriptions.resume(id)
    await open.stripe.invoices.pay(String(again.latest_invoice))
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
  })
})

describe('a trial', () => {
  it('ended now is billed now', async () => {
    await using open = await openSimulator()
    const { id } = await subscribe(open, { trial_period_days: 14 })
    await open.simulator.clock.advance({ days: 3 })
    const started = await open.stripe.subscriptions.update(id, { trial_end: 'now', expand: ['latest_invoice'] })
    expect(started).toMatchObject({ status: 'active', latest_invoice: { total: 2000, status: 'paid' } })
    expect(started.billing_cycle_anchor).toBe(seconds(open))
  })

  it('made longer is billed later', async () => {
    await using open = await openSimulator()
    const { id } = await subscribe(open, { trial_period_days: 14 })
    const trial_end = seconds(open) + 20 * 86_400
    const longer = await open.stripe.subscriptions.update(id, { trial_end })
    expect(longer).toMatchObject({
      status: 'trialing',
      trial_end,
      items: { data: [{ current_period_end: trial_end }] },
    })
    await open.simulator.clock.advance({ days: 15 })
    expect((await open.stripe.charges.list()).data).toEqual([])
    await open.simulator.clock.advance({ days: 5, hours: 2 })
    expect((await open.stripe.charges.list()).data).toMatchObject([{ amount: 2000 }])
  })
})

describe('a preview', () => {
  it('of a subscription that is not there yet makes none', async () => {
    await using open = await openSimulator()
    const { basic } = await createCatalog(open.stripe)
    const { id: customer } = await createPayer(open.stripe)
    const items = [{ price: basic.id, quantity: 3 }]
    const preview = await open.stripe.invoices.createPreview({ customer, subscription_details: { items } })
    expect(preview).toMatchObject({ total: 3000, amount_due: 3000, lines: { data: [{ amount: 3000 }] } })
    expect((await open.stripe.subscriptions.list({ status: 'all' })).data).toEqual([])
    expect((await open.stripe.invoices.list()).data).toEqual([])
  })
})
