import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const subscribe = async ({ stripe }: OpenSimulator, more: Partial<Stripe.SubscriptionCreateParams> = {}) => {
  const catalog = await createCatalog(stripe)
  const { id: customer } = await createPayer(stripe)
  const items = [{ price: catalog.pro.id }]
  return { ...catalog, ...(await stripe.subscriptions.create({ customer, items, ...more })) }
}

const seconds = ({ simulator }: OpenSimulator): number => Math.floor(simulator.clock.now().getTime() / 1000)

/** Half of the 31 days from 15 January. */
const halfTime = { days: 15, hours: 12 }

const amounts = (invoice: Stripe.Invoice): number[] => invoice.lines.data.map(({ amount }) => amount)

describe('a trial of a running subscription', () => {
  it('begins now: the rest of the period is given back and the next one begins after it', async () => {
    await using open = await openSimulator()
    const { id, customer } = await subscribe(open)
    await open.simulator.clock.advance(halfTime)
    const trial_end = seconds(open) + 10 * 86_400
    const trial = await open.stripe.subscriptions.update(id, { trial_end, expand: ['latest_invoice'] })
    expect(trial).toMatchObject({
      status: 'trialing',
      trial_end,
      trial_start: seconds(open),
      billing_cycle_anchor: trial_end,
    })
    expect(amounts(trial.latest_invoice as Stripe.Invoice)).toEqual([-1000, 0])
    expect(await open.stripe.customers.retrieve(String(customer))).toMatchObject({ balance: -1000 })
    await open.simulator.clock.advance({ days: 10, hours: 2 })
    const renewed = await open.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
    expect(renewed).toMatchObject({ status: 'active', latest_invoice: { total: 2000, amount_paid: 1000 } })
  })

  it('gives nothing back when nothing is to be prorated', async () => {
    await using open = await openSimulator()
    const { id } = await subscribe(open)
    const terms = {
      trial_end: seconds(open) + 864_000,
      proration_behavior: 'none',
      expand: ['latest_invoice'],
    } as const
    const trial = await open.stripe.subscriptions.update(id, { ...terms, expand: [...terms.expand] })
    expect(trial).toMatchObject({ status: 'trialing', latest_invoice: { total: 0, status: 'paid' } })
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
