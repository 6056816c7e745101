import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const open = async () => {
  const simulated = await openSimulator()
  const catalog = await createCatalog(simulated.stripe)
  const { id: customer } = await createPayer(simulated.stripe)
  const preview = (params: Stripe.InvoiceCreatePreviewParams) =>
    simulated.stripe.invoices.createPreview({ customer, ...params })
  return { ...simulated, ...catalog, customer, preview, [Symbol.asyncDispose]: () => simulated.simulator.close() }
}

type Opened = Awaited<ReturnType<typeof open>>

const subscribed = async ({ stripe, customer, basic }: Opened, params: Stripe.SubscriptionCreateParams = {}) =>
  stripe.subscriptions.create({ customer, items: [{ price: basic.id }], ...params })

const bill = (invoice: Stripe.Invoice) => ({
  amounts: invoice.lines.data.map(({ amount }) => amount),
  subtotal: invoice.subtotal,
  total: invoice.total,
  due: invoice.amount_due,
})

const latest = async ({ stripe }: Opened, id: string): Promise<Stripe.Invoice> => {
  const { latest_invoice } = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
  return latest_invoice as Stripe.Invoice
}

describe('a preview', () => {
  it('of positions, a discount and a place is what the invoice then is, and leaves nothing behind', async () => {
    await using world = await open()
    const { stripe, customer, preview, pack, simulator } = world
    const coupon = await stripe.coupons.create({ percent_off: 15 })
    const waiting = await stripe.invoiceItems.create({ customer, amount: 777, currency: 'usd' })
    const kept = () =>
      (['customer', 'coupon', 'discount', 'event', 'invoice', 'invoiceitem'] as const).map((name) =>
        simulator.objects(name),
      )
    const before = kept()
    const discounts = [{ coupon: coupon.id }]
    const address = { country: 'DE', postal_code: '10115' }
    const shown = await preview({
      invoice_items: [
        { price: pack.id, quantity: 3 },
        { amount: 999, currency: 'usd' },
        { invoiceitem: waiting.id, amount: 333 },
      ],
      discounts,
      automatic_tax: { enabled: true },
      customer_details: { address },
    })
    expect(kept()).toEqual(before)
    await stripe.customers.update(customer, { address })
    await stripe.invoiceItems.update(waiting.id, { amount: 333 })
    const { id } = await stripe.invoices.create({
      customer,
      discounts,
      automatic_tax: { enabled: true },
      pending_invoice_items_behavior: 'include',
    })
    const lines = [{ pricing: { price: pack.id }, quantity: 3 }, { amount: 999 }]
    const made = await stripe.invoices.addLines(id, { lines })
    expect(bill(shown)).toEqual(bill(made))
    expect(bill(shown)).toMatchObject({ amounts: [333, 1500, 999], subtotal: 2832 })
    expect((await stripe.invoices.finalizeInvoice(id)).amount_due).toBe(shown.amount_due)
  })

  it('needs no customer, only where one would be', async () => {
    await using world = await open()
    const { stripe, basic } = world
    const params = {
      customer_details: { address: { country: 'FR' }, tax_exempt: 'none' as const },
      automatic_tax: { enabled: true },
      subscription_details: { items: [{ price: basic.id }] },
    }
    const shown = await stripe.invoices.createPreview(params)
    expect([shown.customer, shown.total]).toEqual([null, 1200])
    expect((await failure(stripe.invoices.createPreview({}))).param).toBe('customer')
  })

  it('of a customer is the next invoice among their subscriptions, or of what waits, or refused', async () => {
    await using world = await open()
    const { stripe, customer, preview, yearly, basic } = world
    expect((await failure(preview({}))).code).toBe('invoice_upcoming_none')
    await stripe.invoiceItems.create({ customer, amount: 40, currency: 'usd' })
    expect(bill(await preview({})).amounts).toEqual([40])
    await subscribed(world, { items: [{ price: yearly.id }] })
    await subscribed(world, { items: [{ price: basic.id }] })
    expect(bill(await preview({})).amounts).toEqual([1000])
  })

  it('of a new subscription counts what waits, its discount and its trial', async () => {
    await using world = await open()
    const { stripe, customer, preview, pro } = world
    await stripe.invoiceItems.create({ customer, amount: 40, currency: 'usd' })
    const coupon = await stripe.coupons.create({ percent_off: 25 })
    const items = [{ price: pro.id, quantity: 2 }]
    const discounts = [{ coupon: coupon.id }]
    const trial_end = Math.floor(Date.parse('2026-02-01T00:00:00Z') / 1000)
    const trial = await preview({ subscription_details: { items, trial_end } })
    expect(bill(trial)).toMatchObject({ amounts: [40, 0] })
    const shown = await preview({ subscription_details: { items }, discounts })
    const { id } = await subscribed(world, { items, discounts })
    expect(bill(shown)).toEqual(bill(await latest(world, id)))
  })

  it('of ending a subscription now is what ending it now bills', async () => {
    await using world = await open()
    const { stripe, simulator, customer, preview } = world
    const { id } = await subscribed(world)
    await simulator.clock.advance({ days: 10 })
    await stripe.invoiceItems.create({ customer, amount: 5000, currency: 'usd' })
    const shown = await preview({ subscription: id, subscription_details: { cancel_now: true } })
    await stripe.subscriptions.cancel(id, { prorate: true, invoice_now: true })
    const [made] = (await stripe.invoices.list({ customer, limit: 1 })).data
    expect(made && bill(made)).toEqual(bill(shown))
    expect(shown.total).toBeLessThan(5000)
  })

  it('of a subscription that ends with its period is refused: nothing follows', async () => {
    await using world = await open()
    const { stripe, preview } = world
    const { id } = await subscribed(world)
    const planned = preview({ subscription: id, subscription_details: { cancel_at_period_end: true } })
    expect((await failure(planned)).code).toBe('invoice_upcoming_none')
    await stripe.subscriptions.update(id, { cancel_at_period_end: true })
    expect((await failure(preview({ subscription: id }))).code).toBe('invoice_upcoming_none')
    const kept = await preview({ subscription: id, subscription_details: { cancel_at_period_end: false } })
    expect(kept.total).toBe(1000)
  })

  it('of a trial that ends now is its first real invoice', async () => {
    await using world = await open()
    const { stripe, preview } = world
    const { id } = await subscribed(world, { trial_period_days: 14 })
    const shown = await preview({ subscription: id, subscription_details: { trial_end: 'now' } })
    await stripe.subscriptions.update(id, { trial_end: 'now' })
    expect(bill(shown)).toEqual(bill(await latest(world, id)))
  })

  it('with other discounts shows them instead, and with none, none', async () => {
    await using world = await open()
    const { stripe, preview } = world
    const tenth = await stripe.coupons.create({ percent_off: 10, duration: 'forever' })
    const half = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
    const { id } = await subscribed(world, { discounts: [{ coupon: tenth.id }] })
    expect((await preview({ subscription: id })).total).toBe(900)
    expect((await preview({ subscription: id, discounts: '' })).total).toBe(1000)
    expect((await preview({ subscription: id, discounts: [{ coupon: half.id }] })).total).toBe(500)
    expect((await stripe.coupons.retrieve(half.id)).times_redeemed).toBe(0)
  })

  it('of what recurs leaves out what is billed once', async () => {
    await using world = await open()
    const { stripe, customer, preview, pro, pack } = world
    const once = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
    const items = [{ price: pro.id }]
    const invoice_items = [{ price: pack.id }]
    const asked = { subscription_details: { items }, invoice_items, discounts: [{ coupon: once.id }] }
    expect((await preview(asked)).total).toBe(1250)
    expect((await preview({ ...asked, preview_mode: 'recurring' })).total).toBe(2000)
    const { id } = await subscribed(world)
    await stripe.invoiceItems.create({ customer, amount: 60, currency: 'usd' })
    expect((await preview({ subscription: id, preview_mode: 'recurring' })).total).toBe(1000)
  })

  it('of a schedule is that of its subscription', async () => {
    await using world = await open()
    const { stripe, preview } = world
    const { id: from_subscription } = await subscribed(world)
    const { id: schedule } = await stripe.subscriptionSchedules.create({ from_subscription })
    expect((await preview({ schedule })).total).toBe(1000)
    const both = preview({ schedule, subscription: from_subscription })
    expect((await failure(both)).param).toBe('schedule')
  })
})

describe('a discount that is deleted', () => {
  it('is no longer counted, and is told as an event', async () => {
    await using world = await open()
    const { stripe, simulator, preview } = world
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' })
    const { id, discounts } = await subscribed(world, { discounts: [{ coupon: coupon.id }] })
    const deleted = await stripe.subscriptions.deleteDiscount(id)
    expect(deleted).toMatchObject({ id: discounts[0], object: 'discount', deleted: true, subscription: id })
    expect((await preview({ subscription: id })).total).toBe(1000)
    const told = simulator.objects('event').map(({ type }) => type)
    expect(told.slice(0, 2)).toEqual(['customer.discount.deleted', 'customer.subscription.updated'])
    const again = await failure(stripe.subscriptions.deleteDiscount(id))
    expect([again.statusCode, again.code]).toEqual([404, 'resource_missing'])
  })

  it('is told when an update replaces it, too', async () => {
    await using world = await open()
    const { stripe, simulator } = world
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' })
    const { id, discounts } = await subscribed(world, { discounts: [{ coupon: coupon.id }] })
    await stripe.subscriptions.update(id, { discounts: '' })
    const told = simulator.objects('event').filter(({ type }) => type === 'customer.discount.deleted')
    expect(told.map(({ data }) => data.object.id)).toEqual(discounts)
  })
})
