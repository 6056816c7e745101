import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { type Catalog, createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

interface Subscribed extends Catalog {
  readonly customer: string
  readonly id: string
  readonly item: string
}

const subscribe = async ({ stripe }: OpenSimulator, card = 'pm_card_visa'): Promise<Subscribed> => {
  const catalog = await createCatalog(stripe)
  const customer = await createPayer(stripe, card)
  const subscription = await stripe.subscriptions.create({
    customer: customer.id,
    items: [{ price: catalog.basic.id }],
  })
  return { ...catalog, customer: customer.id, id: subscription.id, item: subscription.items.data[0]?.id ?? '' }
}

/** Half of the 31 days from 15 January. */
const halfTime = { days: 15, hours: 12 }

const amounts = (invoice: Stripe.Invoice): number[] => invoice.lines.data.map(({ amount }) => amount)

describe('switching plans', () => {
  it('from 10 to 20 at half time gives 5 back and bills 10, at once if asked', async () => {
    await using open = await openSimulator()
    const { id, item, pro } = await subscribe(open)
    await open.simulator.clock.advance(halfTime)
    const switched = await open.stripe.subscriptions.update(id, {
      items: [{ id: item, price: pro.id }],
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    })
    const invoice = switched.latest_invoice as Stripe.Invoice
    expect(amounts(invoice)).toEqual([-500, 1000])
    expect(invoice).toMatchObject({ billing_reason: 'subscription_update', status: 'paid', amount_paid: 500 })
    expect(invoice.lines.data[0]?.parent).toMatchObject({
      type: 'invoice_item_details',
      invoice_item_details: { proration: true, subscription: id },
    })
    expect(switched.items.data[0]?.price.id).toBe(pro.id)
  })

  it('costs what its preview said, to the cent, for the same moment', async () => {
    await using open = await openSimulator()
    const { id, item, pro } = await subscribe(open)
    await open.simulator.clock.advance({ days: 7, seconds: 12_345 })
    const proration_date = Math.floor(open.simulator.clock.now().getTime() / 1000)
    const terms = {
      items: [{ id: item, price: pro.id }],
      proration_behavior: 'always_invoice',
      proration_date,
    } as const
    const details = { ...terms, items: [...terms.items] }
    const preview = await open.stripe.invoices.createPreview({ subscription: id, subscription_details: details })
    expect((await open.stripe.invoices.list()).data).toHaveLength(1)
    await open.simulator.clock.advance({ minutes: 9 })
    const switched = await open.stripe.subscriptions.update(id, { ...details, expand: ['latest_invoice'] })
    const invoice = switched.latest_invoice as Stripe.Invoice
    expect(amounts(invoice)).toEqual(amounts(preview))
    expect(invoice.amount_paid).toBe(preview.amount_due)
  })

  it('waits for the next invoice by default', async () => {
    await using open = await openSimulator()
    const { id, item, pro } = await subscribe(open)
    await open.simulator.clock.advance(halfTime)
    await open.stripe.subscriptions.update(id, { items: [{ id: item, price: pro.id }] })
    expect((await open.stripe.invoices.list()).data).toHaveLength(1)
    const next = await open.stripe.invoices.createPreview({ subscription: id })
    expect(amounts(next)).toEqual([-500, 1000, 2000])
    await open.simulator.clock.advance({ days: 15, hours: 14 })
    const [renewal] = (await open.stripe.invoices.list()).data
    expect(renewal && amounts(renewal)).toEqual([-500, 1000, 2000])
    expect(renewal?.status).toBe('paid')
  })

  it('costs nothing when nothing is to be prorated', async () => {
    await using open = await openSimulator()
    const { id, item, pro } = await subscribe(open)
    await open.simulator.clock.advance(halfTime)
    await open.stripe.subscriptions.update(id, { items: [{ id: item, price: pro.id }], proration_behavior: 'none' })
    expect(amounts(await open.stripe.invoices.createPreview({ subscription: id }))).toEqual([2000])
  })

  it('down leaves a credit on the customer’s balance, and no refund', async () => {
    await using open = await openSimulator()
    const { id, item, basic, pro, customer } = await subscribe(open)
    await open.stripe.subscriptions.update(id, {
      items: [{ id: item, price: pro.id }],
      proration_behavior: 'always_invoice',
    })
    await open.simulator.clock.advance(halfTime)
    const down = await open.stripe.subscriptions.update(id, {
      items: [{ id: item, price: basic.id }],
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    })
    expect(down.latest_invoice).toMatchObject({ total: -500, amount_due: 0, status: 'paid' })
    expect(await open.stripe.customers.retrieve(customer)).toMatchObject({ balance: -500 })
    expect((await open.stripe.refunds.list()).data).toEqual([])
    await open.simulator.clock.advance({ days: 15, hours: 14 })
    const [renewal] = (await open.stripe.invoices.list()).data
    expect(renewal).toMatchObject({ total: 1000, amount_due: 500, amount_paid: 500, starting_balance: -500 })
  })

  it('gives back what was really paid, discounts included', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { basic, pro } = await createCatalog(stripe)
    const payer = await createPayer(stripe)
    const coupon = await stripe.coupons.create({ percent_off: 50, duration: 'once' })
    const { id, items } = await stripe.subscriptions.create({
      customer: payer.id,
      items: [{ price: basic.id }],
      discounts: [{ coupon: coupon.id }],
    })
    await simulator.clock.advance(halfTime)
    const change = [{ id: items.data[0]?.id ?? '', price: pro.id }]
    const preview = await stripe.invoices.createPreview({
      subscription: id,
      subscription_details: { items: change, proration_behavior: 'always_invoice' },
    })
    expect(amounts(preview)).toEqual([-250, 1000])
  })

  it('to a year starts a new period now and bills it', async () => {
    await using open = await openSimulator()
    const { id, item, yearly } = await subscribe(open)
    await open.simulator.clock.advance(halfTime)
    const switched = await open.stripe.subscriptions.update(id, {
      items: [{ id: item, price: yearly.id }],
      expand: ['latest_invoice'],
    })
    expect(amounts(switched.latest_invoice as Stripe.Invoice)).toEqual([-500, 20_000])
    const now = Math.floor(open.simulator.clock.now().getTime() / 1000)
    expect(switched.billing_cycle_anchor).toBe(now)
    expect(switched.items.data[0]?.current_period_start).toBe(now)
  })

  it('without naming the item adds a second one: the double-billing bug is yours to make', async () => {
    await using open = await openSimulator()
    const { id, pro } = await subscribe(open)
    const doubled = await open.stripe.subscriptions.update(id, { items: [{ price: pro.id }] })
    expect(doubled.items.data).toHaveLength(2)
  })

  it('that cannot be paid leaves it late, or as it was', async () => {
    await using open = await openSimulator()
    const { id, item, pro, basic } = await subscribe(open)
    const change = { items: [{ id: item, price: pro.id }], proration_behavior: 'always_invoice' } as const
    const update = (payment_behavior: 'allow_incomplete' | 'error_if_incomplete') =>
      open.stripe.subscriptions.update(id, { ...change, items: [...change.items], payment_behavior })
    open.simulator.declineNext({ times: 2 })
    expect((await failure(update('error_if_incomplete'))).statusCode).toBe(402)
    const same = await open.stripe.subscriptions.retrieve(id)
    expect(same).toMatchObject({ status: 'active', items: { data: [{ price: { id: basic.id } }] } })
    const late = await update('allow_incomplete')
    expect(late).toMatchObject({ status: 'past_due', items: { data: [{ price: { id: pro.id } }] } })
  })
})
