import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const entriesOf = async ({ stripe }: OpenSimulator, customer: string) =>
  (await stripe.customers.listBalanceTransactions(customer, { limit: 100 })).data
    .reverse()
    .map(({ type, amount, ending_balance }) => [type, amount, ending_balance])

const balanceOf = async ({ stripe }: OpenSimulator, customer: string): Promise<number> =>
  ((await stripe.customers.retrieve(customer)) as Stripe.Customer).balance

const subscribe = async ({ stripe }: OpenSimulator, customer: string, price: string) => {
  const params = { customer, items: [{ price }], expand: ['latest_invoice'] }
  return (await stripe.subscriptions.create(params)).latest_invoice as Stripe.Invoice
}

describe('a customer’s balance', () => {
  it('begins with what it is created with, and every change of it is written down', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.customers.create({ balance: -500 })
    await open.stripe.customers.update(id, { balance: -200, name: 'Ada' })
    const made = await open.stripe.customers.createBalanceTransaction(id, {
      amount: 300,
      currency: 'USD',
      description: 'Late fee',
      metadata: { why: 'late' },
    })
    expect(made).toMatchObject({
      amount: 300,
      currency: 'usd',
      customer: id,
      description: 'Late fee',
      ending_balance: 100,
      invoice: null,
      credit_note: null,
      metadata: { why: 'late' },
      type: 'adjustment',
    })
    expect(await entriesOf(open, id)).toEqual([
      ['initial', -500, -500],
      ['adjustment', 300, -200],
      ['adjustment', 300, 100],
    ])
    expect(await open.stripe.customers.retrieve(id)).toMatchObject({ balance: 100, currency: 'usd', name: 'Ada' })
  })

  it('is told of as the customer’s, once a change', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.customers.create({ balance: -500 })
    await open.stripe.customers.update(id, { balance: -200, name: 'Ada' })
    await open.stripe.customers.createBalanceTransaction(id, { amount: 200, currency: 'usd' })
    const events = (await open.stripe.events.list()).data.reverse()
    expect(events.map(({ type, data }) => [type, data.previous_attributes])).toEqual([
      ['customer.created', undefined],
      ['customer.updated', { balance: -500, name: null }],
      ['customer.updated', { balance: -200 }],
    ])
    expect(events[0]?.data.object).toMatchObject({ balance: -500, currency: 'usd' })
  })

  it('is untouched where it is set to what it is', async () => {
    await using open = await openSimulator()
    const { id } = await open.stripe.customers.create({})
    await open.stripe.customers.update(id, { balance: 0, name: 'Ada' })
    expect(await entriesOf(open, id)).toEqual([])
    expect((await open.stripe.customers.retrieve(id)) as Stripe.Customer).toMatchObject({ currency: null })
  })

  it('is kept by currency: an invoice takes of its own only', async () => {
    await using open = await openSimulator()
    const { basic } = await createCatalog(open.stripe)
    const { id } = await createPayer(open.stripe)
    await open.stripe.customers.createBalanceTransaction(id, { amount: -300, currency: 'usd' })
    await open.stripe.customers.createBalanceTransaction(id, { amount: -900, currency: 'eur' })
    expect(await subscribe(open, id, basic.id)).toMatchObject({ starting_balance: -300, amount_due: 700 })
    const expand = ['invoice_credit_balance']
    expect(await open.stripe.customers.retrieve(id, { expand })).toMatchObject({
      balance: 0,
      currency: 'usd',
      invoice_credit_balance: { usd: 0, eur: 900 },
    })
  })

  it('is used up by the next invoice, and goes into it when something is owed', async () => {
    await using open = await openSimulator()
    const { basic } = await createCatalog(open.stripe)
    const { id } = await createPayer(open.stripe)
    await open.stripe.customers.update(id, { balance: -1300 })
    const first = await subscribe(open, id, basic.id)
    expect(first).toMatchObject({ status: 'paid', amount_due: 0, starting_balance: -1300, ending_balance: -300 })
    await open.stripe.customers.update(id, { balance: 250 })
    const second = await subscribe(open, id, basic.id)
    expect(second).toMatchObject({ status: 'paid', amount_due: 1250, starting_balance: 250, ending_balance: 0 })
    expect(await entriesOf(open, id)).toEqual([
      ['adjustment', -1300, -1300],
      ['applied_to_invoice', 1000, -300],
      ['adjustment', 550, 250],
      ['applied_to_invoice', -250, 0],
    ])
    const { data } = await open.stripe.customers.listBalanceTransactions(id, { invoice: first.id ?? '' })
    expect(data.map(({ invoice, amount }) => [invoice, amount])).toEqual([[first.id, 1000]])
  })

  it('takes over what is too small to be collected', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { product } = await createCatalog(stripe)
    const recurring = { interval: 'month' as const }
    const cheap = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 40, recurring })
    const { id } = await createPayer(stripe)
    expect(await subscribe(open, id, cheap.id)).toMatchObject({ status: 'paid', amount_due: 0, ending_balance: 40 })
    expect(await subscribe(open, id, cheap.id)).toMatchObject({ status: 'paid', amount_due: 80, ending_balance: 0 })
    expect(await entriesOf(open, id)).toEqual([
      ['invoice_too_small', 40, 40],
      ['applied_to_invoice', -40, 0],
    ])
  })

  it('gets back what an invoice took that is voided', async () => {
    await using open = await openSimulator()
    const { basic } = await createCatalog(open.stripe)
    const { id } = await open.stripe.customers.create({ balance: -400 })
    const { latest_invoice } = await open.stripe.subscriptions.create({
      customer: id,
      items: [{ price: basic.id }],
      payment_behavior: 'default_incomplete',
    })
    expect(await balanceOf(open, id)).toBe(0)
    await open.stripe.invoices.voidInvoice(String(latest_invoice))
    expect(await entriesOf(open, id)).toEqual([
      ['initial', -400, -400],
      ['applied_to_invoice', 400, 0],
      ['unapplied_from_invoice', -400, -400],
    ])
    expect(await balanceOf(open, id)).toBe(-400)
  })

  it('is what a draft goes by until it is finalized', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { basic } = await createCatalog(stripe)
    const { id } = await createPayer(stripe)
    await subscribe(open, id, basic.id)
    await simulator.clock.advance({ months: 1 })
    await stripe.customers.update(id, { balance: -100 })
    const [draft] = (await stripe.invoices.list({ status: 'draft' })).data
    expect(draft).toMatchObject({ starting_balance: -100, amount_due: 900, amount_remaining: 900 })
    await simulator.clock.advance({ hours: 2 })
    const billed = await stripe.invoices.retrieve(draft?.id ?? '')
    expect(billed).toMatchObject({ status: 'paid', starting_balance: -100, ending_balance: 0, amount_paid: 900 })
  })
})

describe('a transaction of a balance', () => {
  it('can be described anew, and nothing else of it changes', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id } = await stripe.customers.create({})
    const made = await stripe.customers.createBalanceTransaction(id, { amount: -100, currency: 'usd' })
    await stripe.customers.updateBalanceTransaction(id, made.id, { description: 'Sorry', metadata: { a: '1' } })
    const { description, metadata, ...rest } = await stripe.customers.retrieveBalanceTransaction(id, made.id)
    expect({ description, metadata }).toEqual({ description: 'Sorry', metadata: { a: '1' } })
    expect({ ...made, ...rest }).toEqual({ ...made })
  })

  it('is its customer’s only', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { id } = await stripe.customers.create({ balance: 100 })
    const [made] = (await stripe.customers.listBalanceTransactions(id)).data
    const other = await stripe.customers.create({})
    const refused = await failure(stripe.customers.retrieveBalanceTransaction(other.id, made?.id ?? ''))
    expect(refused).toMatchObject({ statusCode: 404, code: 'resource_missing' })
    expect(await failure(stripe.customers.listBalanceTransactions('cus_none'))).toMatchObject({ statusCode: 404 })
    const unknown = stripe.customers.createBalanceTransaction(id, { amount: 5, currency: 'xxx' })
    expect(await failure(unknown)).toMatchObject({ statusCode: 400, param: 'currency' })
  })
})
