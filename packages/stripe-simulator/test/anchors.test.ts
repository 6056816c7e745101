import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { isoOf, seconds } from './support/clocks.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

type Params = Omit<Partial<Stripe.SubscriptionCreateParams>, 'items'>

const opened = (now = '2026-01-15T12:00:00Z') => openSimulator({ now: () => new Date(now) })

const subscribe = async ({ stripe }: OpenSimulator, more: Params = {}) => {
  const catalog = await createCatalog(stripe)
  const { id: customer } = await createPayer(stripe)
  const create = (params: Params) =>
    stripe.subscriptions.create({ customer, items: [{ price: catalog.pro.id }], expand: ['latest_invoice'], ...params })
  return { ...catalog, create, customer, subscription: await create(more) }
}

const amounts = (invoice: unknown): number[] => (invoice as Stripe.Invoice).lines.data.map(({ amount }) => amount)

const periodOf = ({ items }: Stripe.Subscription): string[] => {
  const [item] = items.data
  return [isoOf(item?.current_period_start), isoOf(item?.current_period_end)]
}

describe('a billing cycle anchor', () => {
  const first = seconds('2026-02-01T00:00:00Z')

  it('bills the time before it in part, and whole periods from it on', async () => {
    await using open = await opened('2026-01-16T12:00:00Z')
    const { subscription } = await subscribe(open, { billing_cycle_anchor: first })
    expect(periodOf(subscription)).toEqual(['2026-01-16T12:00:00.000Z', '2026-02-01T00:00:00.000Z'])
    expect(subscription).toMatchObject({ billing_cycle_anchor: first, status: 'active' })
    expect(amounts(subscription.latest_invoice)).toEqual([1000])
    await open.simulator.clock.advance({ to: first + 7200 })
    const renewed = await open.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] })
    expect(periodOf(renewed)).toEqual(['2026-02-01T00:00:00.000Z', '2026-03-01T00:00:00.000Z'])
    expect(renewed.latest_invoice).toMatchObject({ total: 2000, status: 'paid' })
  })

  it('leaves that time free, and without an invoice, when nothing is to be prorated', async () => {
    await using open = await opened('2026-01-16T12:00:00Z')
    const { subscription } = await subscribe(open, { billing_cycle_anchor: first, proration_behavior: 'none' })
    expect(subscription).toMatchObject({ status: 'active', latest_invoice: null })
    await open.simulator.clock.advance({ to: first + 7200 })
    expect((await open.stripe.invoices.list()).data).toMatchObject([{ total: 2000, status: 'paid' }])
  })

  it('prorates a change within the time before it by the same month', async () => {
    await using open = await opened('2026-01-16T12:00:00Z')
    const { subscription, basic } = await subscribe(open, { billing_cycle_anchor: first })
    const items = [{ id: subscription.items.data[0]?.id ?? '', price: basic.id }]
    const details = { items, proration_behavior: 'always_invoice' } as const
    const preview = await open.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: details,
    })
    expect(amounts(preview)).toEqual([-1000, 500])
  })

  it('after a trial bills the time from the trial to it in part', async () => {
    await using open = await opened('2026-01-02T00:00:00Z')
    const trial_end = seconds('2026-01-16T12:00:00Z')
    const { subscription } = await subscribe(open, { trial_end, billing_cycle_anchor: first })
    expect(subscription).toMatchObject({ status: 'trialing', billing_cycle_anchor: first })
    await open.simulator.clock.advance({ to: trial_end + 7200 })
    const begun = await open.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice'] })
    expect(periodOf(begun)).toEqual(['2026-01-16T12:00:00.000Z', '2026-02-01T00:00:00.000Z'])
    expect(begun.latest_invoice).toMatchObject({ total: 1000, status: 'paid' })
  })

  it('lies in the future, before the next natural billing date', async () => {
    await using open = await opened()
    const { create } = await subscribe(open)
    const refused = async (anchor: string): Promise<string | undefined> =>
      (await failure(create({ billing_cycle_anchor: seconds(anchor) }))).param
    expect(await refused('2026-01-15T12:00:00Z')).toBe('billing_cycle_anchor')
    expect(await refused('2026-02-15T12:00:01Z')).toBe('billing_cycle_anchor')
  })
})

describe('an anchor by the calendar', () => {
  it('is the next time that it is that day', async () => {
    await using open = await opened()
    const config = { day_of_month: 10, hour: 6, minute: 0, second: 0 }
    const { subscription } = await subscribe(open, { billing_cycle_anchor_config: config })
    expect(isoOf(subscription.billing_cycle_anchor)).toBe('2026-02-10T06:00:00.000Z')
    expect(subscription.billing_cycle_anchor_config).toEqual({ ...config, month: null })
  })

  it('on the 31st is the last day of every month', async () => {
    await using open = await opened('2026-02-10T08:00:00Z')
    const { subscription } = await subscribe(open, { billing_cycle_anchor_config: { day_of_month: 31 } })
    const ends = [periodOf(subscription)[1]]
    for (const _month of [1, 2, 3]) {
      await open.simulator.clock.advance({ to: seconds(ends.at(-1) ?? '') })
      ends.push(periodOf(await open.stripe.subscriptions.retrieve(subscription.id))[1])
    }
    expect(ends.map((end) => end?.slice(0, 16))).toEqual([
      '2026-02-28T08:00',
      '2026-03-31T08:00',
      '2026-04-30T08:00',
      '2026-05-31T08:00',
    ])
  })

  it('takes no other anchor beside it, no impossible day, and no weekly price', async () => {
    await using open = await opened()
    const { create, customer, product } = await subscribe(open)
    const config = { day_of_month: 5 }
    const both = create({ billing_cycle_anchor: seconds('2026-02-01T00:00:00Z'), billing_cycle_anchor_config: config })
    expect((await failure(both)).param).toBe('billing_cycle_anchor')
    const impossible = create({ billing_cycle_anchor_config: { day_of_month: 32 } })
    expect((await failure(impossible)).param).toBe('billing_cycle_anchor_config[day_of_month]')
    const recurring = { interval: 'week' } as const
    const weekly = await open.stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 700,
      recurring,
    })
    const items = [{ price: weekly.id }]
    const refused = open.stripe.subscriptions.create({ customer, items, billing_cycle_anchor_config: config })
    expect((await failure(refused)).param).toBe('billing_cycle_anchor_config')
  })
})

describe('a backdated subscription', () => {
  const backdate_start_date = seconds('2025-11-30T12:00:00Z')

  it('bills each natural period since then, and the present one', async () => {
    await using open = await opened()
    const { subscription } = await subscribe(open, { backdate_start_date })
    expect(subscription.start_date).toBe(backdate_start_date)
    expect(periodOf(subscription)).toEqual(['2026-01-15T12:00:00.000Z', '2026-02-15T12:00:00.000Z'])
    expect(amounts(subscription.latest_invoice)).toEqual([1000, 2000, 2000])
  })

  it('in classic billing bills that time at once, by months counted from its start', async () => {
    await using open = await opened()
    const { subscription } = await subscribe(open, { backdate_start_date, billing_mode: { type: 'classic' } })
    expect(amounts(subscription.latest_invoice)).toEqual([2000 + Math.round((2000 * 16) / 31), 2000])
  })

  it('with an anchor bills until the anchor only', async () => {
    await using open = await opened()
    const anchor = seconds('2026-01-30T12:00:00Z')
    const { subscription } = await subscribe(open, { backdate_start_date, billing_cycle_anchor: anchor })
    expect(periodOf(subscription)).toEqual(['2025-12-30T12:00:00.000Z', '2026-01-30T12:00:00.000Z'])
    expect(amounts(subscription.latest_invoice)).toEqual([2000, 2000])
  })

  it('bills nothing of the past when nothing is to be prorated', async () => {
    await using open = await opened()
    const { subscription } = await subscribe(open, { backdate_start_date, proration_behavior: 'none' })
    expect(subscription.start_date).toBe(backdate_start_date)
    expect(amounts(subscription.latest_invoice)).toEqual([2000])
  })

  it('starts in the past', async () => {
    await using open = await opened()
    const { create } = await subscribe(open)
    expect((await failure(create({ backdate_start_date: seconds('2026-01-15T12:00:00Z') }))).param).toBe(
      'backdate_start_date',
    )
  })
})

describe('an end that is planned from the start', () => {
  it('comes at its time, or at the end of the first period', async () => {
    await using open = await opened()
    const cancel_at = seconds('2026-01-20T12:00:00Z')
    const { create, subscription } = await subscribe(open, { cancel_at })
    expect(subscription).toMatchObject({ cancel_at, cancel_at_period_end: false, status: 'active' })
    const other = await create({ cancel_at_period_end: true })
    expect(other).toMatchObject({ cancel_at: seconds('2026-02-15T12:00:00Z'), cancel_at_period_end: true })
    await open.simulator.clock.advance({ to: cancel_at })
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled')
    await open.simulator.clock.advance({ to: seconds('2026-02-15T12:00:00Z') })
    expect((await open.stripe.subscriptions.retrieve(other.id)).status).toBe('canceled')
    expect((await failure(create({ cancel_at: 5 }))).param).toBe('cancel_at')
  })
})

describe('the currency of a subscription', () => {
  it('is its prices’', async () => {
    await using open = await opened()
    const { create } = await subscribe(open, { currency: 'usd' })
    expect((await failure(create({ currency: 'eur' }))).param).toBe('items[0][price]')
  })
})

describe('the trial of a price', () => {
  it('is taken when it is asked for, and not beside another', async () => {
    await using open = await opened()
    const { customer, product, create } = await subscribe(open, { trial_from_plan: true })
    const recurring = { interval: 'month', trial_period_days: 9 } as const
    const price = await open.stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 900, recurring })
    const items = [{ price: price.id }]
    const trial = await open.stripe.subscriptions.create({ customer, items, trial_from_plan: true })
    expect(isoOf(trial.trial_end)).toBe('2026-01-24T12:00:00.000Z')
    const plain = await open.stripe.subscriptions.create({ customer, items })
    expect(plain.trial_end).toBeNull()
    const both = create({ trial_from_plan: true, trial_period_days: 3 })
    expect((await failure(both)).param).toBe('trial_from_plan')
  })
})

describe('what waits for an invoice', () => {
  it('is billed at its own interval', async () => {
    await using open = await opened()
    const pending_invoice_item_interval = { interval: 'week', interval_count: 1 } as const
    const { subscription, basic } = await subscribe(open, { pending_invoice_item_interval })
    expect(isoOf(subscription.next_pending_invoice_item_invoice)).toBe('2026-01-22T12:00:00.000Z')
    const items = [{ id: subscription.items.data[0]?.id ?? '', price: basic.id, quantity: 4 }]
    await open.stripe.subscriptions.update(subscription.id, { items })
    await open.simulator.clock.advance({ days: 7, hours: 2 })
    const [invoice] = (await open.stripe.invoices.list()).data
    expect(amounts(invoice)).toEqual([-2000, 4000])
    expect(invoice).toMatchObject({ amount_paid: 2000, status: 'paid' })
    await open.simulator.clock.advance({ days: 7 })
    expect((await open.stripe.invoices.list()).data).toHaveLength(2)
    const off = await open.stripe.subscriptions.update(subscription.id, { pending_invoice_item_interval: '' })
    expect(off).toMatchObject({ next_pending_invoice_item_invoice: null, pending_invoice_item_interval: null })
  })
})

describe('subscriptions', () => {
  it('are found by their period, their price and their tax', async () => {
    await using open = await opened()
    const { subscription, pro, basic } = await subscribe(open)
    const find = async (params: Stripe.SubscriptionListParams): Promise<number> =>
      (await open.stripe.subscriptions.list(params)).data.length
    const [item] = subscription.items.data
    const end = item?.current_period_end ?? 0
    const start = item?.current_period_start ?? 0
    expect(await find({ current_period_end: { lte: end }, current_period_start: start })).toBe(1)
    expect(await find({ current_period_end: { lt: end } })).toBe(0)
    expect(await find({ current_period_start: { gt: start } })).toBe(0)
    expect([await find({ plan: pro.id }), await find({ plan: basic.id })]).toEqual([1, 0])
    expect([
      await find({ automatic_tax: { enabled: false } }),
      await find({ automatic_tax: { enabled: true } }),
    ]).toEqual([1, 0])
  })
})
