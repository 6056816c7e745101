import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

describe('expansion', () => {
  it('puts objects in place of ids, several levels deep', async () => {
    await using open = await openSimulator()
    const price = await open.stripe.prices.create({ currency: 'usd', unit_amount: 500, product_data: { name: 'Pack' } })
    const expanded = await open.stripe.prices.list({ expand: ['data.product'] })
    expect(expanded.data[0]?.product).toMatchObject({ id: price.product, name: 'Pack' })
  })

  it('is refused for what cannot be expanded, and beyond four levels', async () => {
    await using open = await openSimulator()
    const customer = await open.stripe.customers.create({})
    expect((await failure(open.stripe.customers.retrieve(customer.id, { expand: ['email'] }))).message).toContain(
      'email',
    )
    const deep = { expand: ['a.b.c.d.e'] }
    expect((await failure(open.stripe.customers.retrieve(customer.id, deep))).message).toContain('4 levels')
  })

  it('goes four levels deep, `data.` included, and says where it was meant', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const { id: customer } = await createPayer(open.stripe)
    const { latest_invoice } = await open.stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
    const four = { expand: ['data.latest_invoice.payments.data'] }
    expect(await failure(open.stripe.subscriptions.list(four))).toMatchObject({ statusCode: 400 })
    const deep = await open.stripe.invoices.retrieve(String(latest_invoice), {
      expand: ['payments.data.payment.payment_intent', 'customer.invoice_settings.default_payment_method'],
    })
    expect(deep).toMatchObject({
      payments: { data: [{ payment: { payment_intent: { status: 'succeeded' } } }] },
      customer: { id: customer, invoice_settings: { default_payment_method: { type: 'card' } } },
    })
    const listed = await open.stripe.subscriptions.list({ expand: ['data.customer', 'data.latest_invoice.customer'] })
    expect(listed.data).toMatchObject([{ customer: { id: customer }, latest_invoice: { customer: { id: customer } } }])
    const missed = await failure(open.stripe.subscriptions.list({ expand: ['customer'] }))
    expect(missed.message).toBe(
      "This property cannot be expanded (customer). You may want to try expanding 'data.customer' instead.",
    )
    for (const path of ['unicorn', 'customer.unicorn', 'toString', 'data.']) {
      const wrong = await failure(open.stripe.subscriptions.list({ expand: [path] }))
      expect([wrong.statusCode, wrong.message]).toEqual([400, expect.stringContaining('cannot be expanded')])
    }
    const wrong = { customer, items: [{ price: pro.id }], expand: ['unicorn'] }
    await failure(open.stripe.subscriptions.create(wrong))
    expect((await open.stripe.subscriptions.list()).data).toHaveLength(1)
  })

  it('is the only way to see what Stripe leaves out', async () => {
    await using open = await openSimulator()
    const customer = await open.stripe.customers.create({})
    expect(customer).not.toHaveProperty('subscriptions')
    const expanded = await open.stripe.customers.retrieve(customer.id, { expand: ['subscriptions'] })
    expect(expanded).toMatchObject({ subscriptions: { object: 'list', data: [] } })
  })
})

describe('lists', () => {
  it('are newest first and walk through all pages', async () => {
    await using open = await openSimulator()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await open.stripe.products.create({ name })
    const names: string[] = []
    for await (const product of open.stripe.products.list({ limit: 2 })) names.push(product.name)
    expect(names).toEqual(['e', 'd', 'c', 'b', 'a'])
  })

  it('go backwards from an object', async () => {
    await using open = await openSimulator()
    const made: Stripe.Product[] = []
    for (const name of ['a', 'b', 'c', 'd']) made.push(await open.stripe.products.create({ name }))
    const page = await open.stripe.products.list({ limit: 2, ending_before: made[0]?.id ?? '' })
    expect(page.data.map(({ name }) => name)).toEqual(['c', 'b'])
    expect(page.has_more).toBe(true)
  })

  it('of more than a hundred objects are walked through by stripe-node, forwards and backwards', async () => {
    await using open = await openSimulator()
    const made: string[] = []
    for (let n = 0; n < 120; n += 1) made.push((await open.stripe.customers.create({})).id)
    const all: string[] = []
    for await (const { id } of open.stripe.customers.list({ limit: 50 })) all.push(id)
    expect(all).toEqual(made.toReversed())
    const older = open.stripe.customers.list({ limit: 100, ending_before: made[0] ?? '' })
    expect((await older.autoPagingToArray({ limit: 1000 })).map(({ id }) => id)).toEqual(made.slice(1))
    expect(await open.stripe.customers.list({ limit: 100 }).autoPagingToArray({ limit: 110 })).toHaveLength(110)
  })

  it('are filtered by what Stripe filters them by', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { pro } = await createCatalog(stripe)
    const { id: customer } = await createPayer(stripe)
    const subscription = await stripe.subscriptions.create({ customer, items: [{ price: pro.id }] })
    const end = subscription.items.data[0]?.current_period_end ?? 0
    const count = async (list: Promise<{ data: unknown[] }>): Promise<number> => (await list).data.length
    expect(await count(stripe.subscriptions.list({ current_period_end: { lte: end } }))).toBe(1)
    expect(await count(stripe.subscriptions.list({ current_period_end: { lt: end } }))).toBe(0)
    expect(await count(stripe.subscriptions.list({ current_period_start: { gte: end } }))).toBe(0)
    expect(await count(stripe.subscriptions.list({ plan: pro.id, automatic_tax: { enabled: false } }))).toBe(1)
    expect(await count(stripe.subscriptions.list({ automatic_tax: { enabled: true } }))).toBe(0)
    expect(await count(stripe.balanceTransactions.list({ type: 'charge', currency: 'usd' }))).toBe(1)
    expect(await count(stripe.balanceTransactions.list({ type: 'refund' }))).toBe(0)
    expect(await count(stripe.invoices.list({ due_date: { gt: 0 } }))).toBe(0)
    expect(await count(stripe.invoicePayments.list({ created: { gt: 0 } }))).toBe(1)
    expect(await count(stripe.charges.list({ transfer_group: 'none' }))).toBe(0)
    const schedule = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
    await stripe.subscriptionSchedules.release(schedule.id)
    expect(await count(stripe.subscriptionSchedules.list({ released_at: { gt: 0 } }))).toBe(1)
    expect(await count(stripe.subscriptionSchedules.list({ completed_at: { gt: 0 } }))).toBe(0)
    expect(await count(stripe.subscriptionSchedules.list({ scheduled: true }))).toBe(0)
  })

  it('hold 1 to 100', async () => {
    await using open = await openSimulator()
    expect(await failure(open.stripe.products.list({ limit: 101 }))).toMatchObject({ param: 'limit', statusCode: 400 })
  })
})
