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

/** What was paid for stays paid for. */
const keeps = { unused_time_from: { type: 'none' as const } }

/** Half of the 31 days from 15 January. */
const halfTime = { days: 15, hours: 12 }

const amounts = (invoice: Stripe.Invoice): number[] => invoice.lines.data.map(({ amount }) => amount)

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
    await open.stripe.subscriptions.pause(id, { bill_for: keeps })
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
    await open.stripe.subscriptions.pause(id, { bill_for: keeps })
    open.simulator.declineNext({ times: 2 })
    const onSuccess = { payment_behavior: 'resume_on_payment_success' } as const
    const unpaid = await open.stripe.subscriptions.resume(id, onSuccess)
    expect(unpaid.status).toBe('paused')
    await open.simulator.clock.advance({ hours: 23 })
    expect((await open.stripe.invoices.retrieve(String(unpaid.latest_invoice))).status).toBe('void')
    const again = await open.stripe.subscriptions.resume(id, onSuccess)
    await open.stripe.invoices.pay(String(again.latest_invoice))
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
  })
})

describe('a pause in the middle of a period', () => {
  const pause = async (open: OpenSimulator, more: Stripe.SubscriptionPauseParams = {}) => {
    const subscribed = await subscribe(open)
    await open.simulator.clock.advance(halfTime)
    await open.stripe.subscriptions.pause(subscribed.id, more)
    return subscribed
  }

  it('gives back what is left, with the next invoice', async () => {
    await using open = await openSimulator()
    const { id } = await pause(open)
    expect((await open.stripe.invoices.list()).data).toHaveLength(1)
    await open.simulator.clock.advance({ days: 20 })
    const resumed = await open.stripe.subscriptions.resume(id, { expand: ['latest_invoice'] })
    const invoice = resumed.latest_invoice as Stripe.Invoice
    expect(amounts(invoice)).toEqual([-1000, 2000])
    expect(invoice).toMatchObject({ total: 1000, status: 'paid' })
  })

  it('gives it back at once, or for the whole period, or not at all, as it is told', async () => {
    await using open = await openSimulator()
    const { customer } = await pause(open, { invoicing_behavior: 'invoice' })
    expect(await open.stripe.customers.retrieve(String(customer))).toMatchObject({ balance: -1000 })
    const from = { unused_time_from: { type: 'item_current_period_start' as const } }
    const whole = await pause(open, { invoicing_behavior: 'invoice', bill_for: from })
    expect(await open.stripe.customers.retrieve(String(whole.customer))).toMatchObject({ balance: -2000 })
    const kept = await pause(open, { invoicing_behavior: 'invoice', bill_for: keeps })
    expect(await open.stripe.customers.retrieve(String(kept.customer))).toMatchObject({ balance: 0 })
  })

  it('bills what a meter counted until then, once', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const catalog = await createCatalog(stripe)
    const meter = await stripe.billing.meters.create({
      display_name: 'Questions',
      event_name: 'questions',
      default_aggregation: { formula: 'sum' },
    })
    const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id } as const
    const used = await stripe.prices.create({
      product: catalog.product.id,
      currency: 'usd',
      unit_amount: 10,
      recurring,
    })
    const { id: customer } = await createPayer(stripe)
    const { id } = await stripe.subscriptions.create({ customer, items: [{ price: used.id }] })
    await stripe.billing.meterEvents.create({
      event_name: 'questions',
      payload: { stripe_customer_id: customer, value: '7' },
    })
    await simulator.clock.advance(halfTime)
    await stripe.subscriptions.pause(id, { invoicing_behavior: 'invoice' })
    const resumed = await stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: 'unchanged' } })
    expect(await stripe.invoices.retrieve(String(resumed.latest_invoice))).toMatchObject({ total: 70, status: 'paid' })
    await simulator.clock.advance({ days: 16 })
    const [renewal] = (await stripe.invoices.list()).data
    expect(renewal).toMatchObject({ billing_reason: 'subscription_cycle', total: 0 })
  })

  it('resumed with its old anchor bills what is left of the period around now', async () => {
    await using open = await openSimulator()
    const { id, billing_cycle_anchor } = await pause(open, { bill_for: keeps })
    await open.simulator.clock.advance({ to: Date.UTC(2026, 2, 1, 12) / 1000 })
    const unchanged = { billing_cycle_anchor: { type: 'unchanged' }, proration_behavior: 'always_invoice' } as const
    const resumed = await open.stripe.subscriptions.resume(id, { ...unchanged, expand: ['latest_invoice'] })
    expect(resumed.status).toBe('active')
    expect(resumed.billing_cycle_anchor).toBe(billing_cycle_anchor)
    expect(new Date((resumed.items.data[0]?.current_period_end ?? 0) * 1000).toISOString()).toBe(
      '2026-03-15T12:00:00.000Z',
    )
    expect(amounts(resumed.latest_invoice as Stripe.Invoice)).toEqual([1000])
  })

  it('resumed within its period costs again what the pause gave back', async () => {
    await using open = await openSimulator()
    const { id } = await pause(open)
    await open.stripe.subscriptions.resume(id, { billing_cycle_anchor: { type: 'unchanged' } })
    expect(amounts(await open.stripe.invoices.createPreview({ subscription: id }))).toEqual([-1000, 1000, 2000])
  })

  it('resumed with its old anchor costs nothing before the next period, when nothing is to be prorated', async () => {
    await using open = await openSimulator()
    const { id } = await pause(open, { bill_for: keeps })
    await open.simulator.clock.advance({ days: 29 })
    const terms = { billing_cycle_anchor: { type: 'unchanged' }, proration_behavior: 'none' } as const
    await open.stripe.subscriptions.resume(id, terms)
    expect(amounts(await open.stripe.invoices.createPreview({ subscription: id }))).toEqual([2000])
  })

  it('resumed leaves it late when its payment fails, unless it waits for the payment', async () => {
    await using open = await openSimulator()
    const { id } = await pause(open, { bill_for: keeps })
    open.simulator.declineNext()
    expect((await open.stripe.subscriptions.resume(id)).status).toBe('past_due')
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
