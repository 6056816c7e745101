import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const { Decimal } = Stripe

const open = async () => {
  const simulated = await openSimulator()
  const catalog = await createCatalog(simulated.stripe)
  const { id: customer } = await createPayer(simulated.stripe)
  return { ...simulated, ...catalog, customer, [Symbol.asyncDispose]: () => simulated.simulator.close() }
}

const amounts = (invoice: Stripe.Invoice): number[] => invoice.lines.data.map(({ amount }) => amount)

const typesAfter = ({ simulator }: Pick<OpenSimulator, 'simulator'>, count: number): string[] => {
  const newest = simulator.objects('event')
  return newest
    .slice(0, newest.length - count)
    .reverse()
    .map(({ type }) => type)
}

describe('an invoice item', () => {
  it('costs its amount, its price, or so much each, a half cent away from zero', async () => {
    await using world = await open()
    const { stripe, customer, pack, product } = world
    const create = (params: Stripe.InvoiceItemCreateParams) => stripe.invoiceItems.create({ customer, ...params })
    const priced = await create({ pricing: { price: pack.id }, quantity: 3 })
    expect([priced.amount, priced.quantity, priced.currency, priced.description]).toEqual([1500, 3, 'usd', 'Pro'])
    expect(priced.pricing?.price_details).toEqual({ price: pack.id, product: product.id })
    expect((await create({ amount: -700, currency: 'usd' })).discountable).toBe(false)
    const each = await create({ unit_amount_decimal: Decimal.from('-12.5'), quantity: 3, currency: 'usd' })
    expect(each.amount).toBe(-38)
    const made = { currency: 'usd', product: product.id, unit_amount: 40 }
    expect((await create({ price_data: made, quantity: 2 })).amount).toBe(80)
  })

  it('waits, is listed as pending, and goes with the next invoice that takes it in', async () => {
    await using world = await open()
    const { stripe, customer } = world
    const first = await stripe.invoiceItems.create({ customer, amount: 100, currency: 'usd' })
    const euros = await stripe.invoiceItems.create({ customer, amount: 200, currency: 'eur' })
    const ids = async (params: Stripe.InvoiceItemListParams) =>
      (await stripe.invoiceItems.list({ customer, ...params })).data.map(({ id }) => id)
    expect(await ids({ pending: true })).toEqual([euros.id, first.id])
    expect(amounts(await stripe.invoices.create({ customer }))).toEqual([])
    const invoice = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' })
    expect([amounts(invoice), invoice.total, invoice.currency]).toEqual([[100], 100, 'usd'])
    expect(await ids({ invoice: invoice.id })).toEqual([first.id])
    expect(await ids({ pending: true })).toEqual([euros.id])
    expect(await ids({ pending: false })).toEqual([first.id])
  })

  it('is billed by the first invoice of a subscription, and by a renewal, each once', async () => {
    await using world = await open()
    const { stripe, simulator, customer, basic } = world
    await stripe.invoiceItems.create({ customer, amount: 300, currency: 'usd' })
    const subscription = await stripe.subscriptions.create({
      customer,
      items: [{ price: basic.id }],
      expand: ['latest_invoice'],
    })
    expect(amounts(subscription.latest_invoice as Stripe.Invoice)).toEqual([300, 1000])
    const other = await stripe.subscriptions.create({ customer, items: [{ price: basic.id }] })
    await stripe.invoiceItems.create({ customer, subscription: other.id, amount: 50, currency: 'usd' })
    await simulator.clock.advance({ months: 1, hours: 2 })
    const renewed = await stripe.invoices.list({ customer, status: 'paid' })
    const billed = renewed.data.filter(({ billing_reason }) => billing_reason === 'subscription_cycle').map(amounts)
    expect(billed).toEqual([[50, 1000], [1000]])
  })

  it('put on a draft changes it, and every change of it follows', async () => {
    await using world = await open()
    const { stripe, simulator, customer, pack } = world
    const draft = await stripe.invoices.create({ customer })
    const before = simulator.objects('event').length
    const item = await stripe.invoiceItems.create({ customer, invoice: draft.id, pricing: { price: pack.id } })
    await stripe.invoiceItems.update(item.id, { quantity: 4, description: 'Four' })
    const changed = await stripe.invoices.retrieve(draft.id)
    expect([amounts(changed), changed.total, changed.amount_due]).toEqual([[2000], 2000, 2000])
    expect(changed.lines.data[0]?.description).toBe('Four')
    expect(await stripe.invoiceItems.del(item.id)).toMatchObject({ id: item.id, object: 'invoiceitem', deleted: true })
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(0)
    expect((await failure(stripe.invoiceItems.retrieve(item.id))).statusCode).toBe(404)
    expect(typesAfter(world, before)).toEqual([
      'invoiceitem.created',
      'invoice.updated',
      'invoice.updated',
      'invoiceitem.deleted',
      'invoice.updated',
    ])
  })

  it('has its own discounts before those of the invoice, and its own tax rates instead of them', async () => {
    await using world = await open()
    const { stripe, customer } = world
    const tenth = await stripe.coupons.create({ percent_off: 10 })
    const half = await stripe.coupons.create({ percent_off: 50 })
    const vat = await stripe.taxRates.create({ display_name: 'VAT', percentage: 20, inclusive: false })
    const inside = await stripe.taxRates.create({ display_name: 'GST', percentage: 25, inclusive: true })
    await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd', discounts: [{ coupon: tenth.id }] })
    await stripe.invoiceItems.create({ customer, amount: 1000, currency: 'usd', tax_rates: [inside.id] })
    const invoice = await stripe.invoices.create({
      customer,
      pending_invoice_items_behavior: 'include',
      discounts: [{ coupon: half.id }],
      default_tax_rates: [vat.id],
    })
    const taxes = invoice.lines.data.map((line) => line.taxes?.map(({ amount }) => amount))
    expect(taxes).toEqual([[90], [100]])
    expect([invoice.subtotal, invoice.total, invoice.total_excluding_tax]).toEqual([2000, 1040, 850])
  })

  it('that is billed and finalized can be neither changed nor deleted', async () => {
    await using world = await open()
    const { stripe, customer } = world
    const item = await stripe.invoiceItems.create({ customer, amount: 900, currency: 'usd' })
    const draft = await stripe.invoices.create({ customer, pending_invoice_items_behavior: 'include' })
    await stripe.invoices.finalizeInvoice(draft.id)
    expect((await failure(stripe.invoiceItems.update(item.id, { amount: 1 }))).code).toBe('invoice_not_editable')
    expect((await failure(stripe.invoiceItems.del(item.id))).code).toBe('invoice_not_editable')
    const late = stripe.invoiceItems.create({ customer, invoice: draft.id, amount: 5, currency: 'usd' })
    expect((await failure(late)).code).toBe('invoice_not_editable')
    expect((await stripe.invoices.retrieve(draft.id)).total).toBe(900)
  })

  it('is refused when it says too little, too much, or what cannot be', async () => {
    await using world = await open()
    const { stripe, customer, basic, pack } = world
    const refused = async (params: Stripe.InvoiceItemCreateParams) => {
      const { code, param } = await failure(stripe.invoiceItems.create({ customer, ...params }))
      return [code, param]
    }
    expect(await refused({})).toEqual(['parameter_missing', 'amount'])
    expect(await refused({ amount: 5 })).toEqual(['parameter_missing', 'currency'])
    expect(await refused({ amount: 5, currency: 'usd', pricing: { price: pack.id } })).toEqual([undefined, 'pricing'])
    expect(await refused({ pricing: { price: basic.id } })).toEqual([undefined, 'pricing[price]'])
    expect(await refused({ pricing: { price: 'price_none' } })).toEqual(['resource_missing', 'pricing[price]'])
    expect(await refused({ amount: 100_000_000, currency: 'usd' })).toEqual(['amount_too_large', 'amount'])
    const other = await createPayer(stripe)
    const { id: invoice } = await stripe.invoices.create({ customer: other.id })
    expect(await refused({ amount: 5, currency: 'usd', invoice })).toEqual([undefined, 'invoice'])
    expect(await refused({ amount: 5, currency: 'usd', period: { start: 9, end: 8 } })).toEqual([
      undefined,
      'period[end]',
    ])
    expect((await stripe.invoiceItems.list()).data).toEqual([])
  })

  it('added with a subscription is on its first invoice; added with an update, on the next', async () => {
    await using world = await open()
    const { stripe, simulator, customer, basic, pro, pack } = world
    const made = await stripe.subscriptions.create({
      customer,
      items: [{ price: basic.id }],
      add_invoice_items: [{ price: pack.id, quantity: 2 }],
      expand: ['latest_invoice'],
    })
    expect(amounts(made.latest_invoice as Stripe.Invoice)).toEqual([1000, 1000])
    const items = [{ id: made.items.data[0]?.id ?? '', price: pro.id }]
    await simulator.clock.advance({ days: 15, hours: 12 })
    const now = await stripe.subscriptions.update(made.id, {
      items,
      proration_behavior: 'always_invoice',
      add_invoice_items: [{ price: pack.id }],
      expand: ['latest_invoice'],
    })
    expect(amounts(now.latest_invoice as Stripe.Invoice)).toEqual([500, -500, 1000])
    await stripe.subscriptions.update(made.id, { add_invoice_items: [{ price: pack.id, quantity: 3 }] })
    expect(amounts(await stripe.invoices.createPreview({ subscription: made.id }))).toEqual([1500, 2000])
    const bad = stripe.subscriptions.update(made.id, { add_invoice_items: [{ price: basic.id }] })
    expect((await failure(bad)).param).toBe('add_invoice_items[0][price]')
  })

  it('added to a trial is paid at once', async () => {
    await using world = await open()
    const { stripe, customer, basic, pack } = world
    const made = await stripe.subscriptions.create({
      customer,
      items: [{ price: basic.id }],
      trial_period_days: 7,
      add_invoice_items: [{ price: pack.id }],
      expand: ['latest_invoice'],
    })
    const invoice = made.latest_invoice as Stripe.Invoice
    expect([made.status, invoice.status, invoice.amount_paid]).toEqual(['trialing', 'paid', 500])
  })
})
