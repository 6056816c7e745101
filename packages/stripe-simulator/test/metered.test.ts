import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer, visa } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const meter = (stripe: Stripe, formula: 'count' | 'last' | 'sum' = 'sum'): Promise<Stripe.Billing.Meter> =>
  stripe.billing.meters.create({
    display_name: 'Questions',
    event_name: 'questions',
    default_aggregation: { formula },
  })

const subscribe = async ({ stripe }: OpenSimulator, formula: 'count' | 'last' | 'sum' = 'sum') => {
  const catalog = await createCatalog(stripe)
  const { id } = await meter(stripe, formula)
  const price = await stripe.prices.create({
    product: catalog.product.id,
    currency: 'usd',
    unit_amount_decimal: Stripe.Decimal.from('2.5'),
    recurring: { interval: 'month', usage_type: 'metered', meter: id },
  })
  const payer = await createPayer(stripe)
  const items = [{ price: catalog.pro.id }, { price: price.id }]
  const subscription = await stripe.subscriptions.create({
    customer: payer.id,
    items,
    expand: ['latest_invoice'],
  })
  const use = (value: number, more: Partial<Stripe.Billing.MeterEventCreateParams> = {}) =>
    stripe.billing.meterEvents.create({
      event_name: 'questions',
      payload: { stripe_customer_id: payer.id, value: String(value) },
      ...more,
    })
  return { ...catalog, payer, price, subscription, use, meterId: id }
}

const amounts = (invoice: Stripe.Invoice | undefined): number[] => invoice?.lines.data.map(({ amount }) => amount) ?? []

describe('a metered price', () => {
  it('costs nothing at first, and what was used at the end of the period', async () => {
    await using open = await openSimulator()
    const { subscription, use } = await subscribe(open)
    expect(amounts(subscription.latest_invoice as Stripe.Invoice)).toEqual([2000, 0])
    expect(subscription.items.data[1]).not.toHaveProperty('quantity')
    await use(100)
    await open.simulator.clock.advance({ days: 20 })
    await use(31)
    const preview = await open.stripe.invoices.createPreview({ subscription: subscription.id })
    expect(amounts(preview)).toEqual([2000, 328])
    await open.simulator.clock.advance({ days: 11, hours: 2 })
    const [renewal] = (await open.stripe.invoices.list()).data
    expect(renewal).toMatchObject({ status: 'paid', total: 2328 })
    expect(renewal?.lines.data[1]).toMatchObject({ quantity: 131, amount: 328 })
    await open.simulator.clock.advance({ months: 1 })
    expect((await open.stripe.invoices.list()).data[0]?.total).toBe(2000)
  })

  it.each([
    ['sum', 12],
    ['count', 3],
    ['last', 4],
  ] as const)('counts by %s', async (formula, expected) => {
    await using open = await openSimulator()
    const { use, meterId, payer } = await subscribe(open, formula)
    for (const value of [5, 3, 4]) {
      await use(value)
      await open.simulator.clock.advance({ minutes: 1 })
    }
    const range = { customer: payer.id, start_time: 0, end_time: 4_000_000_020 }
    const [summary] = (await open.stripe.billing.meters.listEventSummaries(meterId, range)).data
    expect(summary?.aggregated_value).toBe(expected)
  })

  it('is billed to the end when the subscription ends', async () => {
    await using open = await openSimulator()
    const { subscription, use } = await subscribe(open)
    await open.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    await use(40)
    await open.simulator.clock.advance({ days: 31, hours: 2 })
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled')
    expect((await open.stripe.invoices.list()).data[0]).toMatchObject({ total: 100, status: 'paid' })
  })

  it('takes no quantity', async () => {
    await using open = await openSimulator()
    const { payer, price } = await subscribe(open)
    const counted = { customer: payer.id, items: [{ price: price.id, quantity: 2 }] }
    expect((await failure(open.stripe.subscriptions.create(counted))).param).toBe('items[0][quantity]')
  })

  it('is sold in Checkout without a quantity', async () => {
    await using open = await openSimulator()
    const { pro, price } = await subscribe(open)
    const { id, amount_total } = await open.stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url: 'https://example.com',
      line_items: [{ price: pro.id, quantity: 1 }, { price: price.id }],
    })
    expect(amount_total).toBe(2000)
    open.simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card: visa })
    const done = await open.stripe.checkout.sessions.retrieve(id, { expand: ['subscription', 'line_items'] })
    expect(done.line_items?.data.map(({ quantity }) => quantity)).toEqual([1, null])
    expect((done.subscription as Stripe.Subscription).items.data).toHaveLength(2)
  })

  it('needs a meter', async () => {
    await using open = await openSimulator()
    const recurring = { interval: 'month' as const, usage_type: 'metered' as const }
    const wrong = { product_data: { name: 'Use' }, currency: 'usd', unit_amount: 2, recurring }
    expect((await failure(open.stripe.prices.create(wrong))).param).toBe('recurring[meter]')
  })
})

describe('a meter event', () => {
  it('with a known identifier is refused, and can be taken back within a day', async () => {
    await using open = await openSimulator()
    const { use, subscription } = await subscribe(open)
    await use(100, { identifier: 'a' })
    expect((await failure(use(100, { identifier: 'a' }))).statusCode).toBe(400)
    const cancel = { identifier: 'a' }
    await open.stripe.billing.meterEventAdjustments.create({ event_name: 'questions', type: 'cancel', cancel })
    const preview = await open.stripe.invoices.createPreview({ subscription: subscription.id })
    expect(amounts(preview)).toEqual([2000, 0])
  })

  it('is at most 35 days old and 5 minutes ahead', async () => {
    await using open = await openSimulator()
    const { use } = await subscribe(open)
    const now = Math.floor(open.simulator.clock.now().getTime() / 1000)
    expect((await failure(use(1, { timestamp: now - 36 * 86_400 }))).param).toBe('timestamp')
    expect((await failure(use(1, { timestamp: now + 301 }))).param).toBe('timestamp')
    expect((await use(1, { timestamp: now + 300 })).timestamp).toBe(now + 300)
  })

  it('arrives by version 2 of the API as well', async () => {
    await using open = await openSimulator()
    const { payer, subscription } = await subscribe(open)
    const payload = { stripe_customer_id: payer.id, value: '40' }
    const event = await open.stripe.v2.billing.meterEvents.create({ event_name: 'questions', payload })
    expect(event.object).toBe('v2.billing.meter_event')
    expect(amounts(await open.stripe.invoices.createPreview({ subscription: subscription.id }))).toEqual([2000, 100])
  })

  it('for a meter that is not there, or off, is refused', async () => {
    await using open = await openSimulator()
    const { use, meterId } = await subscribe(open)
    expect((await failure(use(1, { event_name: 'answers' }))).param).toBe('event_name')
    await open.stripe.billing.meters.deactivate(meterId)
    expect((await failure(use(1))).param).toBe('event_name')
  })
})

describe('a tiered price', () => {
  const tiers = [
    { up_to: 5, unit_amount: 1000 },
    { up_to: 'inf' as const, unit_amount: 700 },
  ]
  const tiered = (stripe: Stripe, more: Partial<Stripe.PriceCreateParams> = {}) =>
    stripe.prices.create({
      currency: 'usd',
      product_data: { name: 'Seats' },
      recurring: { interval: 'month' },
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      tiers,
      ...more,
    })

  it('shows its tiers only when asked', async () => {
    await using open = await openSimulator()
    const price = await tiered(open.stripe)
    expect(price).toMatchObject({ unit_amount: null, tiers_mode: 'graduated' })
    expect(price).not.toHaveProperty('tiers')
    const shown = await open.stripe.prices.retrieve(price.id, { expand: ['tiers'] })
    expect(shown.tiers).toMatchObject([
      { up_to: 5, unit_amount: 1000 },
      { up_to: null, unit_amount: 700 },
    ])
  })

  it('bills each seat in its tier, and the difference when seats are added', async () => {
    await using open = await openSimulator()
    const price = await tiered(open.stripe)
    const payer = await createPayer(open.stripe)
    const { id, items, latest_invoice } = await open.stripe.subscriptions.create({
      customer: payer.id,
      items: [{ price: price.id, quantity: 6 }],
      expand: ['latest_invoice'],
    })
    expect((latest_invoice as Stripe.Invoice).total).toBe(5700)
    const change = {
      items: [{ id: items.data[0]?.id ?? '', quantity: 8 }],
      proration_behavior: 'always_invoice' as const,
    }
    const more = await open.stripe.subscriptions.update(id, { ...change, expand: ['latest_invoice'] })
    expect(amounts(more.latest_invoice as Stripe.Invoice)).toEqual([-5700, 7100])
  })

  it.each<[string, Partial<Stripe.PriceCreateParams>]>([
    ['tiers', { tiers: [{ up_to: 5, unit_amount: 1 }] }],
    ['tiers', { tiers: [...tiers].reverse() }],
    ['unit_amount', { unit_amount: 5 }],
  ])('with wrong %s is refused', async (param, more) => {
    await using open = await openSimulator()
    expect((await failure(tiered(open.stripe, more))).param).toBe(param)
  })
})
