import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

type Mode = 'classic' | 'flexible'

const halfTime = { days: 15, hours: 12 }

const amounts = (invoice: Stripe.Invoice): number[] => invoice.lines.data.map(({ amount }) => amount)

const change = (id: string, { id: price }: Stripe.Price) => ({
  items: [{ id, price }],
  proration_behavior: 'always_invoice' as const,
})

const discountedSubscription = async ({ stripe }: OpenSimulator, type: Mode) => {
  const catalog = await createCatalog(stripe)
  const { id: customer } = await createPayer(stripe)
  const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.basic.id }],
    discounts: [{ coupon: coupon.id }],
    billing_mode: { type },
  })
  return { ...catalog, customer, subscription, item: subscription.items.data[0]?.id ?? '' }
}

describe('a credit', () => {
  it.each([
    ['flexible', -250],
    ['classic', -500],
  ] as const)('in %s billing for what cost half once is %i', async (type, credit) => {
    await using open = await openSimulator()
    const { subscription, item, pro } = await discountedSubscription(open, type)
    expect(subscription.billing_mode.type).toBe(type)
    await open.simulator.clock.advance(halfTime)
    const details = change(item, pro)
    const preview = await open.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: details,
    })
    expect(amounts(preview)).toEqual([credit, 1000])
    const switched = await open.stripe.subscriptions.update(subscription.id, { ...details, expand: ['latest_invoice'] })
    expect(amounts(switched.latest_invoice as Stripe.Invoice)).toEqual([credit, 1000])
  })

  it('in classic billing takes the discounts of today', async () => {
    await using open = await openSimulator()
    const { subscription, item, pro } = await discountedSubscription(open, 'classic')
    const coupon = await open.stripe.coupons.create({ percent_off: 20, duration: 'forever' })
    await open.stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: coupon.id }] })
    await open.simulator.clock.advance(halfTime)
    const details = change(item, pro)
    const preview = await open.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: details,
    })
    expect(amounts(preview)).toEqual([-400, 1000])
    expect(preview.total).toBe(-400 + 800)
  })
})

describe('a migration', () => {
  it('makes classic billing flexible, once and for good', async () => {
    await using open = await openSimulator()
    const { subscription, item, pro } = await discountedSubscription(open, 'classic')
    const migrate = () => open.stripe.subscriptions.migrate(subscription.id, { billing_mode: { type: 'flexible' } })
    const migrated = await migrate()
    expect(migrated.billing_mode).toMatchObject({ type: 'flexible', flexible: { proration_discounts: 'included' } })
    expect(migrated.billing_mode.updated_at).toBeGreaterThan(0)
    expect((await failure(migrate())).param).toBe('billing_mode[type]')
    await open.simulator.clock.advance(halfTime)
    const details = change(item, pro)
    const preview = await open.stripe.invoices.createPreview({
      subscription: subscription.id,
      subscription_details: details,
    })
    expect(amounts(preview)).toEqual([-250, 1000])
  })

  it('is not for a subscription that has ended', async () => {
    await using open = await openSimulator()
    const { subscription } = await discountedSubscription(open, 'classic')
    await open.stripe.subscriptions.cancel(subscription.id)
    const late = open.stripe.subscriptions.migrate(subscription.id, { billing_mode: { type: 'flexible' } })
    expect((await failure(late)).statusCode).toBe(400)
  })
})

describe.each(['flexible', 'classic'] as const)('a preview in %s billing', (type) => {
  const prices = ['basic', 'pro', 'yearly'] as const
  const pairs = prices.flatMap((from) => prices.filter((to) => to !== from).map((to) => [from, to] as const))

  it.each(pairs)('from %s to %s says to the cent what is billed, with quantity, discount and tax', async (from, to) => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const catalog = await createCatalog(stripe)
    const { id: customer } = await createPayer(stripe)
    await stripe.customers.update(customer, {
      address: { country: 'DE', postal_code: '10115', line1: 'Weg 1', city: 'Berlin' },
    })
    const coupon = await stripe.coupons.create({ percent_off: 15, duration: 'forever' })
    const { id, items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: catalog[from].id, quantity: 3 }],
      discounts: [{ coupon: coupon.id }],
      automatic_tax: { enabled: true },
      billing_mode: { type },
    })
    await simulator.clock.advance({ days: 6, hours: 7, seconds: 1234 })
    const details = {
      items: [{ id: items.data[0]?.id ?? '', price: catalog[to].id, quantity: 2 }],
      proration_behavior: 'always_invoice' as const,
      proration_date: Math.floor(simulator.clock.now().getTime() / 1000),
    }
    const preview = await stripe.invoices.createPreview({ subscription: id, subscription_details: details })
    const changed = await stripe.subscriptions.update(id, { ...details, expand: ['latest_invoice'] })
    const invoice = changed.latest_invoice as Stripe.Invoice
    expect(amounts(invoice)).toEqual(amounts(preview))
    const { subtotal, total, amount_due } = preview
    expect(invoice).toMatchObject({ subtotal, total, amount_due, total_taxes: preview.total_taxes })
    expect(invoice.amount_paid).toBe(Math.max(0, invoice.total))
  })
})
