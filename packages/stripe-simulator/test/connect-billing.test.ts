import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { as, booked, openConnected } from './support/connect.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const openShop = async (open: OpenSimulator) => {
  const account = await openConnected(open)
  const { basic } = await createCatalog(open.stripe)
  const payer = await createPayer(open.stripe)
  return { account, basic, payer }
}

const intentsOf = (stripe: Stripe, options = {}) =>
  stripe.paymentIntents.list({ limit: 100 }, options).then(({ data }) => data)

describe('a subscription', () => {
  it('sends each payment to its destination, less the fee', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { account, basic, payer } = await openShop(open)
    const subscription = await stripe.subscriptions.create({
      customer: payer.id,
      items: [{ price: basic.id }],
      application_fee_percent: 12.5,
      transfer_data: { destination: account },
      on_behalf_of: account,
      expand: ['transfer_data.destination', 'latest_invoice'],
    })
    expect(subscription).toMatchObject({
      application_fee_percent: 12.5,
      on_behalf_of: account,
      transfer_data: { amount_percent: null, destination: { id: account } },
      latest_invoice: { on_behalf_of: account },
    })
    await simulator.clock.advance({ months: 1, hours: 2 })
    const price = basic.unit_amount ?? 0
    const fee = Math.round(price * 0.125)
    expect(await booked(stripe, account)).toEqual([
      ['payment', price, fee, price - fee],
      ['payment', price, fee, price - fee],
    ])
    const [intent] = await intentsOf(stripe)
    expect(intent).toMatchObject({ application_fee_amount: fee, on_behalf_of: account })
    expect(intent?.transfer_data).toEqual({ destination: account })
  })

  it('sends a percentage, of what is really charged', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { account, basic, payer } = await openShop(open)
    const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' })
    await stripe.subscriptions.create({
      customer: payer.id,
      items: [{ price: basic.id }],
      discounts: [{ coupon: coupon.id }],
      transfer_data: { destination: account, amount_percent: 80 },
    })
    const charged = Math.round((basic.unit_amount ?? 0) * 0.9)
    expect(await booked(stripe, account)).toEqual([
      ['payment', Math.round(charged * 0.8), 0, Math.round(charged * 0.8)],
    ])
  })

  it('changes its terms for what comes, and drops them', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { account, basic, payer } = await openShop(open)
    const { id } = await stripe.subscriptions.create({ customer: payer.id, items: [{ price: basic.id }] })
    expect(await booked(stripe, account)).toEqual([])
    const transfer_data = { destination: account }
    const shared = await stripe.subscriptions.update(id, { transfer_data, application_fee_percent: 10 })
    expect(shared).toMatchObject({ application_fee_percent: 10, transfer_data: { destination: account } })
    await simulator.clock.advance({ months: 1, hours: 2 })
    expect(await booked(stripe, account)).toHaveLength(1)
    const alone = await stripe.subscriptions.update(id, { transfer_data: '', application_fee_percent: '' })
    expect(alone).toMatchObject({ application_fee_percent: null, transfer_data: null })
    await simulator.clock.advance({ months: 1, hours: 2 })
    expect(await booked(stripe, account)).toHaveLength(1)
  })

  it('in an account pays the platform its fee, at each renewal', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const account = await openConnected(open)
    const product = await stripe.products.create({ name: 'Bread' }, as(account))
    const recurring = { interval: 'month' } as const
    const price = await stripe.prices.create(
      { product: product.id, currency: 'usd', unit_amount: 1000, recurring },
      as(account),
    )
    const { id: customer } = await stripe.customers.create({}, as(account))
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer }, as(account))
    const terms = { application_fee_percent: 10, default_payment_method: method.id }
    const subscription = await stripe.subscriptions.create(
      { customer, items: [{ price: price.id }], ...terms },
      as(account),
    )
    expect(subscription.application).toBe('ca_simulated1')
    await simulator.clock.advance({ months: 1, hours: 2 })
    expect(await booked(stripe)).toEqual([
      ['application_fee', 100, 0, 100],
      ['application_fee', 100, 0, 100],
    ])
    expect(await booked(stripe, account)).toEqual([
      ['charge', 1000, 159, 841],
      ['charge', 1000, 159, 841],
    ])
    simulator.core.demandOfAccount(account, 'company.tax_id')
    await simulator.clock.advance({ months: 1, hours: 2 })
    expect((await stripe.subscriptions.retrieve(subscription.id, {}, as(account))).status).toBe('past_due')
    expect(await booked(stripe)).toHaveLength(2)
  })

  it.each([
    ['a fee of what goes nowhere', () => ({ application_fee_percent: 10 }), 'application_fee_percent'],
    [
      'a fee and a percentage at once',
      (id: string) => ({ application_fee_percent: 10, transfer_data: { destination: id, amount_percent: 50 } }),
      'application_fee_percent',
    ],
    [
      'more than everything',
      (id: string) => ({ transfer_data: { destination: id, amount_percent: 101 } }),
      'transfer_data[amount_percent]',
    ],
    [
      'three decimal places',
      (id: string) => ({ application_fee_percent: 1.005, transfer_data: { destination: id } }),
      'application_fee_percent',
    ],
    ['a foreign account', () => ({ transfer_data: { destination: 'acct_x' } }), 'transfer_data[destination]'],
  ])('is refused with %s, and not made', async (_what, terms, param) => {
    await using open = await openSimulator()
    const { account, basic, payer } = await openShop(open)
    const input = { customer: payer.id, items: [{ price: basic.id }], ...terms(account) }
    expect(await failure(open.stripe.subscriptions.create(input))).toMatchObject({ statusCode: 400, param })
    expect(open.simulator.objects('subscription')).toEqual([])
  })
})

describe('an invoice', () => {
  it('takes terms of its own while it is a draft', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { account, basic, payer } = await openShop(open)
    await stripe.subscriptions.create({
      customer: payer.id,
      items: [{ price: basic.id }],
      application_fee_percent: 10,
      transfer_data: { destination: account },
    })
    await simulator.clock.advance({ months: 1 })
    const [draft] = (await stripe.invoices.list({ status: 'draft' })).data
    const id = draft?.id ?? ''
    expect(await failure(stripe.invoices.update(id, { transfer_data: { destination: 'acct_x' } }))).toMatchObject({
      param: 'transfer_data[destination]',
    })
    await stripe.invoices.update(id, { application_fee_amount: 33, on_behalf_of: account })
    await simulator.clock.advance({ hours: 2 })
    const price = basic.unit_amount ?? 0
    expect((await booked(stripe, account)).at(-1)).toEqual(['payment', price, 33, price - 33])
    const late = await failure(stripe.invoices.update(id, { application_fee_amount: 1 }))
    expect(late).toMatchObject({ code: 'invoice_not_editable', param: 'application_fee_amount' })
  })

  it('made by hand is shared as it says, and in an account is its own', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { account, payer } = await openShop(open)
    const bill = async (params: Stripe.InvoiceCreateParams, customer: string, options: Stripe.RequestOptions = {}) => {
      const { id } = await stripe.invoices.create({ customer, ...params }, options)
      await stripe.invoiceItems.create({ customer, invoice: id ?? '', amount: 1000, currency: 'usd' }, options)
      return stripe.invoices.pay(id ?? '', { payment_method: 'pm_card_visa' }, options)
    }
    const shared = { application_fee_amount: 40, on_behalf_of: account, transfer_data: { destination: account } }
    const sent = await bill(shared, payer.id)
    expect(sent).toMatchObject({ status: 'paid', on_behalf_of: account })
    expect((await booked(stripe, account)).at(-1)).toEqual(['payment', 1000, 40, 960])
    const customer = await stripe.customers.create({}, as(account))
    await bill({ application_fee_amount: 25 }, customer.id, as(account))
    const [charged] = (await stripe.charges.list({ limit: 1 }, as(account))).data
    expect(charged).toMatchObject({ amount: 1000, application_fee_amount: 25 })
  })

  it.each([
    ['application_fee_amount', { application_fee_amount: 1 }],
    ['transfer_data[destination]', { transfer_data: { destination: 'acct_x' } }],
    ['on_behalf_of', { on_behalf_of: 'acct_x' }],
  ] as const)('made by hand is refused with %s that would not do, and not made', async (param, terms) => {
    await using open = await openSimulator()
    const { payer } = await openShop(open)
    const input = { customer: payer.id, ...terms }
    expect(await failure(open.stripe.invoices.create(input))).toMatchObject({ statusCode: 400, param })
    expect(open.simulator.objects('invoice')).toEqual([])
  })
})
