import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, visa } from './support/catalog.ts'
import { seconds } from './support/clocks.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

type Data = Stripe.Checkout.SessionCreateParams.SubscriptionData

const first = seconds('2026-02-01T00:00:00Z')

const openShop = async (now = '2026-01-16T12:00:00Z') => {
  const open = await openSimulator({ now: () => new Date(now) })
  const catalog = await createCatalog(open.stripe)
  const create = (subscription_data: Data, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    open.stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url: 'https://example.com/thanks',
      line_items: [{ price: catalog.pro.id, quantity: 1 }],
      subscription_data,
      ...more,
    })
  return { ...open, ...catalog, create }
}

const pay = ({ simulator }: OpenSimulator, id: string, number = visa.number) =>
  simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card: { ...visa, number } })

const begun = async ({ stripe }: OpenSimulator, id: string) => {
  const expand = ['subscription.latest_invoice', 'invoice']
  const session = await stripe.checkout.sessions.retrieve(id, { expand })
  return { session, subscription: session.subscription as Stripe.Subscription }
}

describe('Checkout with an anchor', () => {
  it('takes a part for the time before it, and the full price from it on', async () => {
    await using shop = await openShop()
    const { id, amount_total } = await shop.create({ billing_cycle_anchor: first })
    expect(amount_total).toBe(1000)
    expect(pay(shop, id).status).toBe('complete')
    const { subscription } = await begun(shop, id)
    expect(subscription).toMatchObject({
      billing_cycle_anchor: first,
      latest_invoice: { total: 1000, amount_paid: 1000 },
    })
    await shop.simulator.clock.advance({ to: first + 7200 })
    expect((await shop.stripe.invoices.list()).data[0]).toMatchObject({ total: 2000, status: 'paid' })
  })

  it('takes less when it is paid later, and what it takes is what it bills', async () => {
    await using shop = await openShop()
    const coupon = await shop.stripe.coupons.create({ percent_off: 10, duration: 'forever' })
    const { id } = await shop.create({ billing_cycle_anchor: first }, { discounts: [{ coupon: coupon.id }] })
    await shop.simulator.clock.advance({ hours: 13, minutes: 7 })
    const outcome = pay(shop, id, '4000000000003220')
    if (outcome.status !== 'requires_action') throw new TypeError(outcome.status)
    await shop.simulator.clock.advance({ minutes: 11 })
    shop.simulator.core.completeChallenge(outcome.intentId, 'complete')
    const { session, subscription } = await begun(shop, id)
    expect(session.amount_total).toBeLessThan(900)
    expect(subscription.latest_invoice).toMatchObject({ total: session.amount_total, status: 'paid' })
    const [charge] = (await shop.stripe.charges.list()).data
    expect(charge?.amount).toBe(session.amount_total)
  })

  it('takes the full price once the anchor has passed', async () => {
    await using shop = await openShop('2026-01-31T20:00:00Z')
    const { id } = await shop.create({ billing_cycle_anchor: first })
    await shop.simulator.clock.advance({ hours: 5 })
    pay(shop, id)
    const { session, subscription } = await begun(shop, id)
    expect(session.amount_total).toBe(2000)
    expect(subscription.items.data[0]).toMatchObject({
      current_period_start: first,
      current_period_end: seconds('2026-03-01T00:00:00Z'),
    })
  })

  it('takes nothing for the time before it when nothing is to be prorated', async () => {
    await using shop = await openShop()
    const { id, amount_total } = await shop.create({ billing_cycle_anchor: first, proration_behavior: 'none' })
    expect(amount_total).toBe(0)
    pay(shop, id)
    const { session, subscription } = await begun(shop, id)
    expect(session).toMatchObject({ payment_status: 'no_payment_required', invoice: null })
    expect(subscription).toMatchObject({ status: 'active', latest_invoice: null })
  })

  it('may be by the calendar, and say how the subscription is billed', async () => {
    await using shop = await openShop()
    const { id } = await shop.create({
      billing_cycle_anchor_config: { day_of_month: 1, hour: 0, minute: 0, second: 0 },
      billing_mode: { type: 'classic' },
      pending_invoice_item_interval: { interval: 'week' },
    })
    pay(shop, id)
    const { subscription } = await begun(shop, id)
    expect(subscription).toMatchObject({
      billing_cycle_anchor: first,
      billing_cycle_anchor_config: { day_of_month: 1 },
      billing_mode: { type: 'classic' },
      pending_invoice_item_interval: { interval: 'week', interval_count: 1 },
    })
  })

  it('is refused out of bounds, and a proration without one', async () => {
    await using shop = await openShop()
    const late = shop.create({ billing_cycle_anchor: seconds('2026-02-16T12:00:01Z') })
    expect((await failure(late)).param).toBe('billing_cycle_anchor')
    const alone = shop.create({ proration_behavior: 'none' })
    expect((await failure(alone)).param).toBe('subscription_data[proration_behavior]')
  })
})
