import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import type { SimulatorOptions } from '../src/index.ts'
import { createCatalog, createPayer } from './support/catalog.ts'
import { isoOf, seconds } from './support/clocks.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const opened = (now: string, options: SimulatorOptions = {}) => openSimulator({ now: () => new Date(now), ...options })

const subscribe = async ({ stripe }: OpenSimulator, more: Partial<Stripe.SubscriptionCreateParams> = {}) => {
  const catalog = await createCatalog(stripe)
  const { id: customer } = await createPayer(stripe)
  const items = [{ price: catalog.pro.id }]
  const { id } = await stripe.subscriptions.create({ customer, items, ...more })
  return { ...catalog, customer, id }
}

const days = (invoices: Stripe.Invoice[]): string[] =>
  invoices.map(({ created }) => isoOf(created).slice(0, 10)).reverse()

const failFromNow = async ({ stripe }: OpenSimulator, customer: string): Promise<void> => {
  const { id } = await stripe.paymentMethods.attach('pm_card_chargeCustomerFail', { customer })
  await stripe.customers.update(customer, { invoice_settings: { default_payment_method: id } })
}

describe('renewals', () => {
  it('of the 31st are at the end of each month, also in a leap year', async () => {
    await using open = await opened('2028-01-31T09:00:00Z')
    await subscribe(open)
    await open.simulator.clock.advance({ months: 5 })
    expect(days((await open.stripe.invoices.list()).data)).toEqual([
      '2028-01-31',
      '2028-02-29',
      '2028-03-31',
      '2028-04-30',
      '2028-05-31',
      '2028-06-30',
    ])
  })

  it('of 29 February are on the 28th, and on the 29th every fourth year', async () => {
    await using open = await opened('2028-02-29T09:00:00Z')
    const { yearly } = await createCatalog(open.stripe)
    const { id: customer } = await createPayer(open.stripe)
    await open.stripe.subscriptions.create({ customer, items: [{ price: yearly.id }] })
    await open.simulator.clock.advance({ to: seconds('2032-03-01T00:00:00Z') })
    expect(days((await open.stripe.invoices.list()).data)).toEqual([
      '2028-02-29',
      '2029-02-28',
      '2030-02-28',
      '2031-02-28',
      '2032-02-29',
    ])
  })
})

describe('a subscription that nobody paid for', () => {
  const late = async (settings: NonNullable<SimulatorOptions['settings']>) => {
    const open = await openSimulator({ settings: { retryDays: [3], ...settings } })
    const subscription = await subscribe(open)
    await failFromNow(open, subscription.customer)
    await open.simulator.clock.advance({ months: 1, days: 4 })
    const pay = async (invoice: Stripe.Invoice | undefined): Promise<void> => {
      const { id } = await open.stripe.paymentMethods.attach('pm_card_visa', { customer: subscription.customer })
      await open.stripe.invoices.pay(invoice?.id ?? '', { payment_method: id })
    }
    const status = async () => (await open.stripe.subscriptions.retrieve(subscription.id)).status
    return { ...open, subscription, pay, status }
  }

  it('is unpaid, keeps its new invoices as drafts, and recovers when the open one is paid', async () => {
    await using shop = await late({ afterLastRetry: 'mark_unpaid' })
    expect(await shop.status()).toBe('unpaid')
    await shop.simulator.clock.advance({ months: 1 })
    const [draft, open] = (await shop.stripe.invoices.list()).data
    expect([draft?.status, open?.status]).toEqual(['draft', 'open'])
    await shop.pay(open)
    expect(await shop.status()).toBe('active')
    expect((await shop.stripe.invoices.retrieve(draft?.id ?? '')).status).toBe('draft')
  })

  it('stays late where the account says so, and goes on being billed', async () => {
    await using shop = await late({ afterLastRetry: 'leave_past_due' })
    expect(await shop.status()).toBe('past_due')
    await shop.simulator.clock.advance({ months: 1 })
    const invoices = (await shop.stripe.invoices.list()).data
    expect(invoices.map(({ status }) => status)).toEqual(['open', 'open', 'paid'])
    await shop.pay(invoices[0])
    expect(await shop.status()).toBe('past_due')
    await shop.pay(invoices[1])
    expect(await shop.status()).toBe('active')
  })

  it('is over for good once it is canceled', async () => {
    await using shop = await late({})
    expect(await shop.status()).toBe('canceled')
    const [invoice] = (await shop.stripe.invoices.list()).data
    expect(invoice).toMatchObject({ status: 'open', next_payment_attempt: null })
    await shop.pay(invoice)
    expect(await shop.status()).toBe('canceled')
  })
})

describe('the end of a trial without a card', () => {
  it.each([
    ['create_invoice', 'past_due', 2],
    ['cancel', 'canceled', 1],
    ['pause', 'paused', 1],
  ] as const)('with %s leads to %s', async (missing_payment_method, status, invoices) => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const { id: customer } = await open.stripe.customers.create({ email: 'bob@example.com' })
    const { id } = await open.stripe.subscriptions.create({
      customer,
      items: [{ price: pro.id }],
      trial_period_days: 7,
      trial_settings: { end_behavior: { missing_payment_method } },
    })
    await open.simulator.clock.advance({ days: 7, hours: 2 })
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe(status)
    expect((await open.stripe.invoices.list()).data).toHaveLength(invoices)
  })
})

describe('what is valid for a while', () => {
  it('is over to the second: an unpaid start, a session, a code and a coupon', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { customer, pro } = await subscribe(open)
    const items = [{ price: pro.id }]
    const start = await stripe.subscriptions.create({ customer, items, payment_behavior: 'default_incomplete' })
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url: 'https://example.com',
      line_items: [{ price: pro.id, quantity: 1 }],
      allow_promotion_codes: true,
    })
    const now = Math.floor(simulator.clock.now().getTime() / 1000)
    const hour = 3600
    const lasting = await stripe.coupons.create({ percent_off: 10 })
    const promotion = { type: 'coupon', coupon: lasting.id } as const
    await stripe.promotionCodes.create({ promotion, code: 'SOON', expires_at: now + 2 * hour })
    const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'forever', redeem_by: now + 3 * hour })
    const redeem = () => stripe.subscriptions.create({ customer, items, discounts: [{ coupon: coupon.id }] })
    const statuses = async () => [
      (await stripe.subscriptions.retrieve(start.id)).status,
      (await stripe.checkout.sessions.retrieve(session.id)).status,
    ]
    await simulator.clock.advance({ to: now + 2 * hour - 1 })
    expect(simulator.core.applyPromotionCode(session.id, 'soon').status).toBe('applied')
    simulator.core.removePromotionCode(session.id)
    await simulator.clock.advance({ seconds: 1 })
    expect(simulator.core.applyPromotionCode(session.id, 'soon').status).toBe('refused')
    await simulator.clock.advance({ to: now + 3 * hour - 1 })
    expect((await redeem()).discounts).toHaveLength(1)
    await simulator.clock.advance({ seconds: 1 })
    expect((await failure(redeem())).code).toBe('coupon_expired')
    await simulator.clock.advance({ to: now + 23 * hour - 1 })
    expect(await statuses()).toEqual(['incomplete', 'open'])
    await simulator.clock.advance({ seconds: 1 })
    expect(await statuses()).toEqual(['incomplete_expired', 'open'])
    await simulator.clock.advance({ hours: 1 })
    expect(await statuses()).toEqual(['incomplete_expired', 'expired'])
  })
})

describe('a long advance', () => {
  it('brings all that is due in order, each thing at its own time, as many short ones would', async () => {
    const story = async (steps: number): Promise<string[]> => {
      await using open = await openSimulator({ settings: { upcomingDays: 3 } })
      const { customer, pro, basic } = await subscribe(open, { trial_period_days: 10 })
      const phases = [basic, pro].map(({ id }) => ({
        items: [{ price: id }],
        duration: { interval: 'month' as const },
      }))
      await open.stripe.subscriptionSchedules.create({ customer, phases, start_date: seconds('2026-02-10T00:00:00Z') })
      await open.stripe.checkout.sessions.create({
        mode: 'setup',
        currency: 'usd',
        success_url: 'https://example.com',
      })
      await failFromNow(open, customer)
      const from = Math.floor(open.simulator.clock.now().getTime() / 1000)
      for (let step = 1; step <= steps; step += 1) {
        await open.simulator.clock.advance({ to: from + (step * 120 * 86_400) / steps })
      }
      return open.simulator
        .objects('event')
        .map(({ created, type }) => `${isoOf(created)} ${type}`)
        .reverse()
    }
    const once = await story(1)
    expect(once).toEqual([...once].sort((a, b) => a.slice(0, 24).localeCompare(b.slice(0, 24))))
    expect(await story(48)).toEqual(once)
    const types = new Set(once.map((line) => line.split(' ')[1]))
    expect([...types]).toEqual(
      expect.arrayContaining([
        'checkout.session.expired',
        'customer.subscription.deleted',
        'customer.subscription.trial_will_end',
        'invoice.payment_failed',
        'invoice.upcoming',
        'subscription_schedule.aborted',
      ]),
    )
  })
})
