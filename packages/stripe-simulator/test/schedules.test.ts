import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

type Phase = Stripe.SubscriptionScheduleUpdateParams.Phase

const schedule = async ({ stripe }: OpenSimulator) => {
  const catalog = await createCatalog(stripe)
  const payer = await createPayer(stripe)
  const created = { customer: payer.id, items: [{ price: catalog.pro.id, quantity: 3 }] }
  const subscription = await stripe.subscriptions.create(created)
  const made = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
  const { start_date = 0, end_date = 0 } = made.phases[0] ?? {}
  const present: Phase = { items: [{ price: catalog.pro.id, quantity: 3 }], start_date, end_date }
  return { ...catalog, subscription, id: made.id, made, present }
}

/** The downgrade that waits for the period to end. */
const downgrade = async (open: OpenSimulator, more: Partial<Stripe.SubscriptionScheduleUpdateParams> = {}) => {
  const scheduled = await schedule(open)
  const { id, present, basic } = scheduled
  const next: Phase = { items: [{ price: basic.id, quantity: 1 }], duration: { interval: 'month' } }
  const updated = await open.stripe.subscriptionSchedules.update(id, { phases: [present, next], ...more })
  return { ...scheduled, updated }
}

const past = { months: 1, hours: 2 }

describe('a schedule from a subscription', () => {
  it('holds its present period and changes nothing', async () => {
    await using open = await openSimulator()
    const { made, subscription, pro } = await schedule(open)
    const period = subscription.items.data[0]
    expect(made).toMatchObject({
      status: 'active',
      end_behavior: 'release',
      subscription: subscription.id,
      phases: [
        {
          start_date: period?.current_period_start,
          end_date: period?.current_period_end,
          items: [{ price: pro.id, quantity: 3 }],
        },
      ],
    })
    const after = await open.stripe.subscriptions.retrieve(subscription.id)
    expect(after).toMatchObject({ schedule: made.id, items: { data: [{ price: { id: pro.id } }] } })
    const again = open.stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
    expect((await failure(again)).param).toBe('from_subscription')
  })

  it('changes the plan when the period ends, and bills the new price only', async () => {
    await using open = await openSimulator()
    const { subscription, basic, updated } = await downgrade(open)
    expect(updated.phases).toHaveLength(2)
    expect((await open.stripe.invoices.list()).data).toHaveLength(1)
    await open.simulator.clock.advance(past)
    const after = await open.stripe.subscriptions.retrieve(subscription.id)
    expect(after.items.data).toMatchObject([{ price: { id: basic.id }, quantity: 1 }])
    const [renewal] = (await open.stripe.invoices.list()).data
    expect(renewal).toMatchObject({ billing_reason: 'subscription_cycle', total: 1000, status: 'paid' })
    expect(renewal?.lines.data).toHaveLength(1)
  })

  it('lets go when its last phase is over', async () => {
    await using open = await openSimulator()
    const { subscription, id, basic } = await downgrade(open)
    await open.simulator.clock.advance({ months: 2, hours: 2 })
    const released = await open.stripe.subscriptionSchedules.retrieve(id)
    expect(released).toMatchObject({ status: 'released', subscription: null, released_subscription: subscription.id })
    expect(await open.stripe.subscriptions.retrieve(subscription.id)).toMatchObject({
      schedule: null,
      status: 'active',
      items: { data: [{ price: { id: basic.id } }] },
    })
  })

  it('or ends the subscription, when it is to', async () => {
    await using open = await openSimulator()
    const { subscription, id } = await downgrade(open, { end_behavior: 'cancel' })
    await open.simulator.clock.advance({ months: 2, hours: 2 })
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).status).toBe('canceled')
    expect((await open.stripe.subscriptionSchedules.retrieve(id)).status).toBe('completed')
    expect((await open.stripe.invoices.list()).data).toHaveLength(2)
  })

  it('is heard of as it goes', async () => {
    await using open = await openSimulator()
    await downgrade(open)
    await open.simulator.clock.advance({ months: 2, hours: 2 })
    const events = await open.stripe.events.list({ type: 'subscription_schedule.*', limit: 100 })
    const types = events.data.map(({ type }) => type.split('.')[1]).reverse()
    expect(types).toEqual(['created', 'updated', 'updated', 'expiring', 'released'])
  })

  it('released at once leaves the subscription as it is', async () => {
    await using open = await openSimulator()
    const { subscription, id, pro } = await downgrade(open)
    expect((await open.stripe.subscriptionSchedules.release(id)).status).toBe('released')
    await open.simulator.clock.advance(past)
    const after = await open.stripe.subscriptions.retrieve(subscription.id)
    expect(after.items.data[0]?.price.id).toBe(pro.id)
  })

  it('is canceled with its subscription, from either side', async () => {
    await using open = await openSimulator()
    const one = await downgrade(open)
    const canceled = await open.stripe.subscriptionSchedules.cancel(one.id)
    expect(canceled.status).toBe('canceled')
    expect((await open.stripe.subscriptions.retrieve(one.subscription.id)).status).toBe('canceled')
    const two = await schedule(open)
    await open.stripe.subscriptions.cancel(two.subscription.id)
    expect((await open.stripe.subscriptionSchedules.retrieve(two.id)).status).toBe('canceled')
    expect((await failure(open.stripe.subscriptionSchedules.release(two.id))).statusCode).toBe(400)
  })

  it('is where cancelling is planned, not the subscription', async () => {
    await using open = await openSimulator()
    const { subscription } = await schedule(open)
    const direct = open.stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true })
    expect((await failure(direct)).param).toBe('cancel_at_period_end')
  })

  it('changed in its present phase changes the subscription now, prorated', async () => {
    await using open = await openSimulator()
    const { subscription, id, present, basic } = await schedule(open)
    await open.simulator.clock.advance({ days: 15, hours: 12 })
    const phases = [{ ...present, items: [{ price: basic.id, quantity: 3 }] }]
    await open.stripe.subscriptionSchedules.update(id, { phases })
    const preview = await open.stripe.invoices.createPreview({ subscription: subscription.id })
    expect(preview.lines.data.map(({ amount }) => amount)).toEqual([-3000, 1500, 3000])
  })

  it('keeps its phases in a row', async () => {
    await using open = await openSimulator()
    const { id, present, basic } = await schedule(open)
    const gap: Phase = { items: [{ price: basic.id }], start_date: Number(present.end_date) + 60 }
    const update = (phases: Phase[]) => failure(open.stripe.subscriptionSchedules.update(id, { phases }))
    expect((await update([present, gap])).param).toBe('phases[1][start_date]')
    expect((await update([{ ...present, start_date: 5 }])).param).toBe('phases[0][start_date]')
    const backwards = { ...present, end_date: Number(present.start_date) }
    expect((await update([backwards])).param).toBe('phases[0][end_date]')
    expect((await update([{ ...present, on_behalf_of: 'acct_1' }])).code).toBe('simulator_not_implemented')
  })
})
