import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { advanceTo, createClockPayer, isoOf, seconds } from './support/clocks.ts'
import { failure } from './support/failure.ts'
import { noon, type OpenSimulator, openSimulator } from './support/open-simulator.ts'
import { amounts, openSchedules, subscriptionOf } from './support/schedule-maker.ts'

const scheduleEvents = async ({ stripe }: OpenSimulator): Promise<string[]> => {
  const { data } = await stripe.events.list({ type: 'subscription_schedule.*', limit: 100 })
  return data.map(({ type }) => type.split('.')[1] ?? '').reverse()
}

describe('a schedule that starts now', () => {
  it('makes a running subscription, whose first invoice is a draft for an hour', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, pro } = await openSchedules(open)
    const schedule = await create([phase(basic), phase(pro)], { metadata: { plan: 'ramp' } })
    expect(schedule).toMatchObject({
      status: 'active',
      end_behavior: 'release',
      metadata: { plan: 'ramp' },
      current_phase: { start_date: seconds(noon), end_date: seconds('2026-02-15T12:00:00Z') },
      phases: [{ end_date: seconds('2026-02-15T12:00:00Z') }, { end_date: seconds('2026-03-15T12:00:00Z') }],
    })
    const subscription = await subscriptionOf(open, schedule)
    expect(subscription).toMatchObject({ status: 'active', schedule: schedule.id, latest_invoice: { status: 'draft' } })
    await open.simulator.clock.advance({ hours: 1 })
    expect((await subscriptionOf(open, schedule)).latest_invoice).toMatchObject({ status: 'paid', total: 1000 })
  })

  it('goes through its phases and lets go', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, pro } = await openSchedules(open)
    const { id } = await create([phase(basic), phase(pro)])
    await open.simulator.clock.advance({ months: 1, hours: 2 })
    const second = await subscriptionOf(open, await open.stripe.subscriptionSchedules.retrieve(id))
    expect(second.items.data).toMatchObject([{ price: { id: pro.id } }])
    expect(amounts(second.latest_invoice)).toEqual([2000])
    await open.simulator.clock.advance({ months: 1, hours: 2 })
    const over = await open.stripe.subscriptionSchedules.retrieve(id)
    expect(over).toMatchObject({ status: 'released', subscription: null })
    expect(over.released_at).toBe(seconds('2026-03-15T12:00:00Z'))
    const free = await subscriptionOf(open, over)
    expect(free).toMatchObject({ schedule: null, status: 'active', latest_invoice: { total: 2000, status: 'paid' } })
    expect(await scheduleEvents(open)).toEqual(['created', 'updated', 'expiring', 'released'])
  })

  it('ends with its subscription, and says so on it, when it is to', async () => {
    await using open = await openSimulator()
    const { create, phase, basic } = await openSchedules(open)
    const schedule = await create([phase(basic)], { end_behavior: 'cancel' })
    const end = seconds('2026-02-15T12:00:00Z')
    expect(await subscriptionOf(open, schedule)).toMatchObject({ cancel_at: end, cancel_at_period_end: false })
    await open.simulator.clock.advance({ to: end })
    const completed = await open.stripe.subscriptionSchedules.retrieve(schedule.id)
    expect(completed).toMatchObject({ status: 'completed', completed_at: end })
    expect((await subscriptionOf(open, schedule)).status).toBe('canceled')
    expect((await open.stripe.invoices.list()).data).toHaveLength(1)
    expect(await scheduleEvents(open)).toEqual(['created', 'expiring', 'completed'])
  })

  it('released keeps the end that it had planned only when it is told to', async () => {
    await using open = await openSimulator()
    const { create, phase, basic } = await openSchedules(open)
    const one = await create([phase(basic)], { end_behavior: 'cancel' })
    const two = await create([phase(basic)], { end_behavior: 'cancel' })
    await open.stripe.subscriptionSchedules.release(one.id)
    await open.stripe.subscriptionSchedules.release(two.id, { preserve_cancel_date: true })
    expect((await subscriptionOf(open, one)).cancel_at).toBeNull()
    expect(isoOf((await subscriptionOf(open, two)).cancel_at)).toBe('2026-02-15T12:00:00.000Z')
  })

  it('canceled gives back what is left, unless it is told not to', async () => {
    await using open = await openSimulator()
    const { create, phase, pro, customer } = await openSchedules(open)
    const schedule = await create([phase(pro)])
    await open.simulator.clock.advance({ days: 15, hours: 12 })
    await open.stripe.subscriptionSchedules.cancel(schedule.id)
    expect(await open.stripe.customers.retrieve(customer)).toMatchObject({ balance: -1000 })
    const other = await create([phase(pro)])
    await open.stripe.subscriptionSchedules.cancel(other.id, { invoice_now: false, prorate: false })
    expect(await open.stripe.customers.retrieve(customer)).toMatchObject({ balance: -1000 })
  })

  it('is aborted when nobody pays', async () => {
    await using open = await openSimulator({ settings: { retryDays: 'none' } })
    const { create, phase, basic, customer } = await openSchedules(open)
    const { id } = await open.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
    await open.stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } })
    const schedule = await create([phase(basic), phase(basic)])
    await open.simulator.clock.advance({ hours: 2 })
    expect((await subscriptionOf(open, schedule)).status).toBe('canceled')
    expect(await scheduleEvents(open)).toEqual(['created', 'aborted'])
  })
})

describe('a schedule that starts another day', () => {
  it('in the future has no subscription until then', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, customer } = await openSchedules(open)
    const start_date = seconds('2026-02-01T00:00:00Z')
    const waiting = await create([phase(basic)], { start_date })
    expect(waiting).toMatchObject({ status: 'not_started', subscription: null, current_phase: null })
    expect((await open.stripe.subscriptions.list({ customer })).data).toEqual([])
    const scheduled = await open.stripe.subscriptionSchedules.list({ scheduled: true })
    expect(scheduled.data.map(({ id }) => id)).toEqual([waiting.id])
    await open.simulator.clock.advance({ to: start_date })
    const begun = await open.stripe.subscriptionSchedules.retrieve(waiting.id)
    expect(begun).toMatchObject({ status: 'active', current_phase: { start_date } })
    expect(await subscriptionOf(open, begun)).toMatchObject({ start_date, billing_cycle_anchor: start_date })
    expect((await open.stripe.subscriptionSchedules.list({ scheduled: true })).data).toEqual([])
  })

  it('can be moved, changed and canceled before it begins', async () => {
    await using open = await openSimulator()
    const { create, phase, basic, pro } = await openSchedules(open)
    const { id } = await create([phase(basic)], { start_date: seconds('2026-02-01T00:00:00Z') })
    const start_date = seconds('2026-03-01T00:00:00Z')
    const moved = await open.stripe.subscriptionSchedules.update(id, { phases: [{ ...phase(pro), start_date }] })
    expect(moved).toMatchObject({ status: 'not_started', phases: [{ start_date, items: [{ price: pro.id }] }] })
    expect((await open.stripe.subscriptionSchedules.cancel(id)).status).toBe('canceled')
    await open.simulator.clock.advance({ months: 3 })
    expect((await open.stripe.subscriptions.list({ status: 'all' })).data).toEqual([])
    expect((await failure(open.stripe.subscriptionSchedules.release(id))).statusCode).toBe(400)
  })

  it('in the past is backdated, and billed for each period since', async () => {
    await using open = await openSimulator()
    const { create, phase, basic } = await openSchedules(open)
    const start_date = seconds('2025-12-20T12:00:00Z')
    const schedule = await create([phase(basic, { duration: { interval: 'month', interval_count: 3 } })], {
      start_date,
    })
    const subscription = await subscriptionOf(open, schedule)
    expect(subscription).toMatchObject({ start_date, billing_cycle_anchor: start_date })
    expect(isoOf(subscription.items.data[0]?.current_period_end)).toBe('2026-01-20T12:00:00.000Z')
    const late = create([phase(basic)], { start_date: seconds('2025-11-01T00:00:00Z') })
    expect((await failure(late)).param).toBe('phases[0][end_date]')
  })
})

describe('schedules', () => {
  it('are made whole, or from a subscription alone', async () => {
    await using open = await openSimulator()
    const { customer, phase, pro } = await openSchedules(open)
    const create = (params: Stripe.SubscriptionScheduleCreateParams) =>
      failure(open.stripe.subscriptionSchedules.create(params))
    expect((await create({ customer })).param).toBe('phases')
    expect((await create({ phases: [phase(pro)] })).param).toBe('customer')
    const { id } = await open.stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
    expect((await create({ from_subscription: id, end_behavior: 'cancel' })).param).toBe('end_behavior')
    expect((await create({ customer, phases: [phase(pro)], end_behavior: 'renew' })).code).toBe(
      'simulator_not_implemented',
    )
  })

  it('are found by when they ended', async () => {
    await using open = await openSimulator()
    const { create, phase, basic } = await openSchedules(open)
    await create([phase(basic)], { end_behavior: 'cancel' })
    const released = await create([phase(basic)])
    await open.simulator.clock.advance({ months: 2 })
    const find = async (params: Stripe.SubscriptionScheduleListParams): Promise<string[]> =>
      (await open.stripe.subscriptionSchedules.list(params)).data.map(({ status }) => status)
    expect(await find({ completed_at: { gt: 0 } })).toEqual(['completed'])
    expect(await find({ released_at: seconds('2026-02-15T12:00:00Z') })).toEqual(['released'])
    expect(await find({ released_at: { lt: 5 } })).toEqual([])
    expect(released.status).toBe('active')
  })

  it('of a customer of a test clock go by that clock', async () => {
    await using open = await openSimulator()
    const { phase, basic, pro } = await openSchedules(open)
    const frozen_time = seconds('2024-01-31T10:00:00Z')
    const clock = await open.stripe.testHelpers.testClocks.create({ frozen_time })
    const { id: customer } = await createClockPayer(open.stripe, clock.id)
    const phases = [phase(basic), phase(pro)]
    const schedule = await open.stripe.subscriptionSchedules.create({ customer, phases, start_date: 'now' })
    expect(schedule).toMatchObject({ test_clock: clock.id, current_phase: { start_date: frozen_time } })
    await open.simulator.clock.advance({ days: 5 })
    expect((await subscriptionOf(open, schedule)).items.data[0]?.price.id).toBe(basic.id)
    await advanceTo(open.stripe, clock.id, seconds('2024-02-29T12:00:00Z'))
    const second = await subscriptionOf(open, schedule)
    expect(second.items.data[0]?.price.id).toBe(pro.id)
    expect(second.latest_invoice).toMatchObject({ created: seconds('2024-02-29T10:00:00Z'), status: 'paid' })
  })
})
