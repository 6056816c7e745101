import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createPayer, visa } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const success_url = 'https://example.com/thanks'
const monthly = { interval: 'month' as const }

describe('a price in several currencies', () => {
  const create = (stripe: Stripe, more: Partial<Stripe.PriceCreateParams> = {}) =>
    stripe.prices.create({
      product_data: { name: 'Pack' },
      currency: 'usd',
      unit_amount: 1000,
      currency_options: { eur: { unit_amount: 900, tax_behavior: 'inclusive' }, jpy: { unit_amount: 1500 } },
      ...more,
    })

  it('shows them only when asked, its own among them', async () => {
    await using open = await openSimulator()
    const { id, ...price } = await create(open.stripe)
    expect(price).not.toHaveProperty('currency_options')
    const shown = await open.stripe.prices.retrieve(id, { expand: ['currency_options'] })
    expect(shown.currency_options).toMatchObject({
      usd: { unit_amount: 1000, tax_behavior: 'unspecified' },
      eur: { unit_amount: 900, tax_behavior: 'inclusive' },
      jpy: { unit_amount: 1500 },
    })
  })

  it('gains and changes them', async () => {
    await using open = await openSimulator()
    const { id } = await create(open.stripe)
    const currency_options = { eur: { unit_amount: 950 }, gbp: { unit_amount: 800 } }
    const changed = await open.stripe.prices.update(id, { currency_options, expand: ['currency_options'] })
    expect(Object.keys(changed.currency_options ?? {})).toEqual(['usd', 'eur', 'jpy', 'gbp'])
    expect(changed.currency_options?.eur?.unit_amount).toBe(950)
  })

  it('is paid in the currency of the session, and in no other', async () => {
    await using open = await openSimulator()
    const { id: price } = await create(open.stripe)
    const line_items = [{ price, quantity: 3 }]
    const session = (currency: string) =>
      open.stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items, currency })
    const { id, ...made } = await session('eur')
    expect(made).toMatchObject({ currency: 'eur', amount_total: 2700 })
    open.simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card: visa })
    expect((await open.stripe.paymentIntents.list()).data[0]).toMatchObject({ amount: 2700, currency: 'eur' })
    expect((await session('jpy')).amount_total).toBe(4500)
    expect(await failure(session('gbp'))).toMatchObject({ statusCode: 400, param: 'line_items[0][price]' })
  })

  it('makes a subscription that stays in the currency it began in', async () => {
    await using open = await openSimulator()
    const plan = await create(open.stripe, { recurring: monthly })
    const bigger = await create(open.stripe, {
      recurring: monthly,
      unit_amount: 2000,
      currency_options: { eur: { unit_amount: 1800 } },
    })
    const { id: customer } = await createPayer(open.stripe)
    const { id, items, ...made } = await open.stripe.subscriptions.create({
      customer,
      currency: 'eur',
      items: [{ price: plan.id }],
      expand: ['latest_invoice'],
    })
    expect(made).toMatchObject({ currency: 'eur', latest_invoice: { currency: 'eur', total: 900 } })
    await open.stripe.subscriptions.update(id, {
      items: [{ id: items.data[0]?.id ?? '', price: bigger.id }],
      proration_behavior: 'none',
    })
    await open.simulator.clock.advance({ months: 1, hours: 2 })
    expect((await open.stripe.invoices.list()).data[0]).toMatchObject({ currency: 'eur', total: 1800, status: 'paid' })
  })

  it('has tiers of its own in each', async () => {
    await using open = await openSimulator()
    const tiers = (first: number) => [
      { up_to: 10, unit_amount: first },
      { up_to: 'inf' as const, unit_amount: 1 },
    ]
    const price = await open.stripe.prices.create({
      product_data: { name: 'Seats' },
      currency: 'usd',
      recurring: monthly,
      billing_scheme: 'tiered',
      tiers_mode: 'graduated',
      tiers: tiers(100),
      currency_options: { eur: { tiers: tiers(90) } },
    })
    const session = await open.stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url,
      currency: 'eur',
      line_items: [{ price: price.id, quantity: 11 }],
    })
    expect(session.amount_total).toBe(901)
  })

  it.each<[Stripe.PriceCreateParams['currency_options'], string]>([
    [{ usd: { unit_amount: 5 } }, 'currency_options[usd]'],
    [{ zzz: { unit_amount: 5 } }, 'currency_options[zzz]'],
    [{ eur: { tax_behavior: 'inclusive' } }, 'currency_options[eur][unit_amount]'],
    [{ eur: { unit_amount: -1 } }, 'currency_options[eur][unit_amount]'],
  ])('is refused with %j', async (currency_options, param) => {
    await using open = await openSimulator()
    expect(await failure(create(open.stripe, { currency_options: { ...currency_options } }))).toMatchObject({ param })
  })
})

describe('a price that the buyer chooses', () => {
  const choose = (stripe: Stripe, more: Stripe.PriceCreateParams['custom_unit_amount'] = { enabled: true }) =>
    stripe.prices.create({ product_data: { name: 'Tip' }, currency: 'usd', custom_unit_amount: more })

  it('is proposed, and paid as it was chosen', async () => {
    await using open = await openSimulator()
    const price = await choose(open.stripe, { enabled: true, minimum: 200, maximum: 5000, preset: 1000 })
    expect(price).toMatchObject({
      unit_amount: null,
      custom_unit_amount: { minimum: 200, maximum: 5000, preset: 1000 },
    })
    const line_items = [{ price: price.id, quantity: 1 }]
    const { id, amount_total } = await open.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url,
      line_items,
    })
    expect(amount_total).toBe(1000)
    const pay = (amount: number) =>
      open.simulator.core.payCheckoutSession(id, { email: 'ada@example.com', card: visa, amount })
    expect(() => pay(199)).toThrow('between 200 and 5000')
    expect(() => pay(5001)).toThrow('between 200 and 5000')
    expect(pay(1234).status).toBe('complete')
    expect(await open.stripe.checkout.sessions.retrieve(id)).toMatchObject({
      amount_subtotal: 1234,
      amount_total: 1234,
    })
    expect((await open.stripe.paymentIntents.list()).data[0]?.amount_received).toBe(1234)
  })

  it('is typed on the page', async () => {
    await using open = await openSimulator()
    const price = await choose(open.stripe, { enabled: true, preset: 1050 })
    const { url } = await open.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url,
      line_items: [{ price: price.id, quantity: 1 }],
    })
    const page = await (await fetch(String(url))).text()
    expect(page).toContain('Amount (USD)')
    expect(page).toContain('value="10.50"')
  })

  it('is bought alone, once, and without a discount', async () => {
    await using open = await openSimulator()
    const { id: price } = await choose(open.stripe)
    const session = (more: Stripe.Checkout.SessionCreateParams) =>
      failure(
        open.stripe.checkout.sessions.create({
          mode: 'payment',
          success_url,
          line_items: [{ price, quantity: 1 }],
          ...more,
        }),
      )
    const two = { price, quantity: 2 }
    expect(await session({ line_items: [two] })).toMatchObject({ param: 'line_items[0][quantity]' })
    const both = [1, 1].map((quantity) => ({ price, quantity }))
    expect(await session({ line_items: both })).toMatchObject({ param: 'line_items' })
    expect(await session({ allow_promotion_codes: true })).toMatchObject({ param: 'allow_promotion_codes' })
  })

  it.each<[Partial<Stripe.PriceCreateParams>, string]>([
    [{ unit_amount: 500 }, 'custom_unit_amount'],
    [{ recurring: monthly }, 'custom_unit_amount'],
    [{ custom_unit_amount: { enabled: true, minimum: 10 } }, 'custom_unit_amount[minimum]'],
    [{ custom_unit_amount: { enabled: true, minimum: 100, preset: 50 } }, 'custom_unit_amount[preset]'],
  ])('is refused with %j', async (more, param) => {
    await using open = await openSimulator()
    const input = { product_data: { name: 'Tip' }, currency: 'usd', custom_unit_amount: { enabled: true }, ...more }
    expect(await failure(open.stripe.prices.create(input))).toMatchObject({ statusCode: 400, param })
  })
})
