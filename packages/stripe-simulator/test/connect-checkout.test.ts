import { describe, expect, it } from 'vitest'
import { createCatalog, visa } from './support/catalog.ts'
import { as, booked, openConnected } from './support/connect.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const success_url = 'https://example.com/thanks'

const openShop = async (open: OpenSimulator) => {
  const account = await openConnected(open)
  const { basic, pack } = await createCatalog(open.stripe)
  return { account, basic, pack }
}

describe('a Checkout Session', () => {
  it('shares its payment as it says', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { account, pack } = await openShop(open)
    const payment_intent_data = {
      application_fee_amount: 150,
      transfer_data: { destination: account },
      on_behalf_of: account,
      transfer_group: 'order_1',
    }
    const line_items = [{ price: pack.id, quantity: 1 }]
    const { id } = await stripe.checkout.sessions.create({
      mode: 'payment',
      line_items,
      success_url,
      payment_intent_data,
    })
    simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card: visa })
    const price = pack.unit_amount ?? 0
    expect(await booked(stripe, account)).toEqual([['payment', price, 150, price - 150]])
    const [intent] = (await stripe.paymentIntents.list()).data
    expect(intent).toMatchObject(payment_intent_data)
  })

  it('begins a subscription that shares every payment', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { account, basic } = await openShop(open)
    const subscription_data = { application_fee_percent: 10, transfer_data: { destination: account } }
    const line_items = [{ price: basic.id, quantity: 1 }]
    const input = { mode: 'subscription' as const, line_items, success_url, subscription_data }
    const { id } = await stripe.checkout.sessions.create(input)
    simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card: visa })
    const session = await stripe.checkout.sessions.retrieve(id, { expand: ['subscription'] })
    expect(session.subscription).toMatchObject({ application_fee_percent: 10, transfer_data: { destination: account } })
    await simulator.clock.advance({ months: 1, hours: 2 })
    const price = basic.unit_amount ?? 0
    const fee = Math.round(price * 0.1)
    expect(await booked(stripe, account)).toEqual([
      ['payment', price, fee, price - fee],
      ['payment', price, fee, price - fee],
    ])
  })

  it('in an account is paid on the same pages, and is the account’s', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const account = await openConnected(open)
    const product = await stripe.products.create({ name: 'Bread' }, as(account))
    const price = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 700 }, as(account))
    const session = await stripe.checkout.sessions.create(
      {
        mode: 'payment',
        line_items: [{ price: price.id, quantity: 1 }],
        success_url,
        payment_intent_data: { application_fee_amount: 70 },
      },
      as(account),
    )
    const page = await fetch(session.url ?? '')
    expect([page.status, await page.text()]).toEqual([200, expect.stringContaining('Bread')])
    simulator.core.payCheckoutSession(session.id, { email: 'ada@example.com', card: visa })
    expect(await booked(stripe)).toEqual([['application_fee', 70, 0, 70]])
    expect((await stripe.checkout.sessions.list()).data).toEqual([])
    const told = simulator.objects('event', account).map(({ type }) => type)
    expect(told).toContain('checkout.session.completed')
  })

  it.each([
    [
      { mode: 'payment' as const, payment_intent_data: { application_fee_amount: 1 } },
      'payment_intent_data[application_fee_amount]',
    ],
    [
      { mode: 'payment' as const, payment_intent_data: { transfer_data: { destination: 'acct_x' } } },
      'payment_intent_data[transfer_data][destination]',
    ],
    [
      { mode: 'subscription' as const, subscription_data: { application_fee_percent: 10 } },
      'subscription_data[application_fee_percent]',
    ],
  ])('is refused with terms that would not do: %o', async (terms, param) => {
    await using open = await openSimulator()
    const { basic, pack } = await openShop(open)
    const line_items = [{ price: terms.mode === 'payment' ? pack.id : basic.id, quantity: 1 }]
    const refused = await failure(open.stripe.checkout.sessions.create({ line_items, success_url, ...terms }))
    expect(refused).toMatchObject({ statusCode: 400, param })
  })
})
