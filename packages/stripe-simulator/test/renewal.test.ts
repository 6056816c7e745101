import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../src/index.ts'
import { eventProblems } from './support/answer-validator.ts'
import { createCatalog, createPayer } from './support/catalog.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const subscribe = async ({ stripe }: OpenSimulator) => {
  const { pro } = await createCatalog(stripe)
  const customer = await createPayer(stripe)
  return stripe.subscriptions.create({ customer: customer.id, items: [{ price: pro.id }] })
}

const typesSince = async (stripe: Stripe, id: string | undefined): Promise<string[]> => {
  const events = await stripe.events.list({ limit: 100, ...(id === undefined ? {} : { ending_before: id }) })
  return events.data.map(({ type }) => type).reverse()
}

const failing = async (open: OpenSimulator) => {
  const subscription = await subscribe(open)
  const customer = String(subscription.customer)
  const method = await open.stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
  await open.stripe.customers.update(customer, { invoice_settings: { default_payment_method: method.id } })
  return { ...subscription, customer }
}

describe('a renewal', () => {
  it('moves the period, waits an hour as a draft, and is paid', async () => {
    await using open = await openSimulator()
    const { id } = await subscribe(open)
    const [last] = (await open.stripe.events.list()).data
    await open.simulator.clock.advance({ months: 1 })
    const [draft] = (await open.stripe.invoices.list()).data
    expect(draft).toMatchObject({ status: 'draft', billing_reason: 'subscription_cycle', number: null })
    await open.simulator.clock.advance({ hours: 1 })
    expect(await typesSince(open.stripe, last?.id)).toEqual([
      'customer.subscription.updated',
      'invoice.created',
      'invoice.finalized',
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
      'charge.updated',
    ])
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
  })

  it('from the 31st comes at the end of February and on the 31st of March', async () => {
    await using open = await openSimulator({ now: () => new Date('2026-01-31T09:00:00Z') })
    const { id } = await subscribe(open)
    const ends: string[] = []
    for (let month = 0; month < 4; month += 1) {
      const end = (await open.stripe.subscriptions.retrieve(id)).items.data[0]?.current_period_end ?? 0
      ends.push(new Date(end * 1000).toISOString())
      await open.simulator.clock.advance({ to: end + 7200 })
    }
    expect(ends).toEqual([
      '2026-02-28T09:00:00.000Z',
      '2026-03-31T09:00:00.000Z',
      '2026-04-30T09:00:00.000Z',
      '2026-05-31T09:00:00.000Z',
    ])
    expect((await open.stripe.charges.list()).data).toHaveLength(5)
  })

  it('happens for each period when a year passes at once, each at its own time', async () => {
    await using open = await openSimulator()
    await subscribe(open)
    await open.simulator.clock.advance({ months: 12, hours: 2 })
    const invoices = (await open.stripe.invoices.list({ limit: 100 })).data
    expect(invoices.map(({ status }) => status)).toEqual(Array.from({ length: 13 }, () => 'paid'))
    const days = invoices.map(({ created }) => new Date(created * 1000).toISOString().slice(0, 10))
    expect(days[1]).toBe('2026-12-15')
    expect(new Set(days).size).toBe(13)
  })

  it('is announced ahead, once, with what it will cost', async () => {
    await using open = await openSimulator({ settings: { upcomingDays: 7 } })
    await subscribe(open)
    const upcoming = async () => (await open.stripe.events.list({ type: 'invoice.upcoming' })).data
    await open.simulator.clock.advance({ days: 20 })
    expect(await upcoming()).toEqual([])
    await open.simulator.clock.advance({ days: 5 })
    const [event] = await upcoming()
    expect(event?.data.object).toMatchObject({ total: 2000, billing_reason: 'upcoming', status: 'draft' })
    expect(event && eventProblems(event)).toEqual([])
    await open.simulator.clock.advance({ days: 6 })
    expect(await upcoming()).toHaveLength(1)
    await open.simulator.clock.advance({ months: 1 })
    expect(await upcoming()).toHaveLength(2)
  })

  it('events are nobody’s request', async () => {
    await using open = await openSimulator()
    await subscribe(open)
    await open.simulator.clock.advance({ months: 1 })
    const [event] = (await open.stripe.events.list({ type: 'invoice.created' })).data
    expect(event?.request).toEqual({ id: null, idempotency_key: null })
  })
})

describe('a renewal that is not paid', () => {
  const finish = async (open: OpenSimulator): Promise<Stripe.Subscription> => {
    const { id } = await failing(open)
    await open.simulator.clock.advance({ months: 1, days: 8 })
    return open.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
  }

  it('makes the subscription late and is tried again on days 3, 5 and 7', async () => {
    await using open = await openSimulator()
    const { id } = await failing(open)
    await open.simulator.clock.advance({ months: 1, hours: 1 })
    const late = await open.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
    expect(late).toMatchObject({ status: 'past_due', latest_invoice: { status: 'open', attempt_count: 1 } })
    const [event] = (await open.stripe.events.list({ type: 'customer.subscription.updated' })).data
    expect(event?.data.previous_attributes).toEqual({ status: 'active' })
    const days: number[] = []
    for (const _attempt of [1, 2, 3]) {
      const [invoice] = (await open.stripe.invoices.list()).data
      const finalized = invoice?.status_transitions.finalized_at ?? 0
      days.push(((invoice?.next_payment_attempt ?? 0) - finalized) / 86_400)
      await open.simulator.clock.advance({ to: invoice?.next_payment_attempt ?? 0 })
    }
    expect(days).toEqual([3, 5, 7])
    expect((await open.stripe.charges.list()).data.filter(({ status }) => status === 'failed')).toHaveLength(4)
  })

  it.each<[NonNullable<SimulatorOptions['settings']>, string]>([
    [{}, 'canceled'],
    [{ afterLastRetry: 'mark_unpaid' }, 'unpaid'],
    [{ afterLastRetry: 'leave_past_due' }, 'past_due'],
  ])('ends, with %o, as %s', async (settings, status) => {
    await using open = await openSimulator({ settings })
    expect((await finish(open)).status).toBe(status)
  })

  it.each([
    ['smart', 8],
    ['days_1_3_5_7', 4],
    ['none', 0],
  ] as const)('is, with the retries called %s, tried again %i times', async (retryDays, times) => {
    await using open = await openSimulator({ settings: { retryDays } })
    const { id } = await failing(open)
    await open.simulator.clock.advance({ months: 1, days: 15 })
    const failed = (await open.stripe.charges.list({ limit: 100 })).data.filter(({ status }) => status === 'failed')
    expect(failed).toHaveLength(times + 1)
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('canceled')
  })

  it('recovers with a new card', async () => {
    await using open = await openSimulator()
    const { id, customer } = await failing(open)
    await open.simulator.clock.advance({ months: 1, hours: 1 })
    const good = await open.stripe.paymentMethods.attach('pm_card_mastercard', { customer })
    await open.stripe.customers.update(customer, { invoice_settings: { default_payment_method: good.id } })
    await open.simulator.clock.advance({ days: 3 })
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
  })

  it('recovers when its invoice is paid by hand', async () => {
    await using open = await openSimulator()
    const { id, customer } = await failing(open)
    await open.simulator.clock.advance({ months: 1, hours: 1 })
    const [invoice] = (await open.stripe.invoices.list()).data
    const good = await open.stripe.paymentMethods.attach('pm_card_visa', { customer })
    const paid = await open.stripe.invoices.pay(invoice?.id ?? '', { payment_method: good.id })
    expect(paid).toMatchObject({ status: 'paid', attempt_count: 1, next_payment_attempt: null })
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
  })

  it('asks the customer when the card wants that', async () => {
    await using open = await openSimulator()
    const subscription = await subscribe(open)
    const customer = String(subscription.customer)
    const asking = await open.stripe.paymentMethods.attach('pm_card_authenticationRequired', { customer })
    await open.stripe.customers.update(customer, { invoice_settings: { default_payment_method: asking.id } })
    await open.simulator.clock.advance({ months: 1, hours: 1 })
    expect((await open.stripe.events.list({ type: 'invoice.payment_action_required' })).data).toHaveLength(1)
    const late = await open.stripe.subscriptions.retrieve(subscription.id, { expand: ['latest_invoice.payments'] })
    expect(late.status).toBe('past_due')
    const [payment] = (late.latest_invoice as Stripe.Invoice).payments?.data ?? []
    open.simulator.core.completeChallenge(String(payment?.payment.payment_intent), 'complete')
    expect((await open.stripe.subscriptions.retrieve(subscription.id)).status).toBe('active')
  })
})
