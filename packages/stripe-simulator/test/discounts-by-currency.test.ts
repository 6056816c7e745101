import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createPayer, visa } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const success_url = 'https://example.com/thanks'

const openShop = async () => {
  const open = await openSimulator()
  const { stripe } = open
  const create = (more: Partial<Stripe.PriceCreateParams> = {}) =>
    stripe.prices.create({
      product_data: { name: 'Pack' },
      currency: 'usd',
      unit_amount: 1000,
      currency_options: { eur: { unit_amount: 900 }, gbp: { unit_amount: 800 } },
      ...more,
    })
  const pack = await create()
  const coupon = await stripe.coupons.create({
    amount_off: 300,
    currency: 'usd',
    currency_options: { eur: { amount_off: 250 } },
    duration: 'forever',
  })
  const session = (currency: string, more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
    stripe.checkout.sessions.create({
      mode: 'payment',
      success_url,
      currency,
      line_items: [{ price: pack.id, quantity: 1 }],
      ...more,
    })
  return { ...open, create, coupon, session }
}

describe('a coupon over an amount', () => {
  it('takes off what it says in each currency', async () => {
    await using shop = await openShop()
    const discounts = [{ coupon: shop.coupon.id }]
    expect((await shop.session('usd', { discounts })).amount_total).toBe(700)
    expect((await shop.session('eur', { discounts })).amount_total).toBe(650)
    expect(await failure(shop.session('gbp', { discounts }))).toMatchObject({ statusCode: 400, param: 'discounts' })
  })

  it('is refused on a subscription in a currency that it does not name', async () => {
    await using shop = await openShop()
    const plan = await shop.create({ recurring: { interval: 'month' } })
    const subscribe = async (currency: string) => {
      const { id: customer } = await createPayer(shop.stripe)
      const params = { customer, currency, items: [{ price: plan.id }], discounts: [{ coupon: shop.coupon.id }] }
      return shop.stripe.subscriptions.create({ ...params, expand: ['latest_invoice'] })
    }
    expect(((await subscribe('eur')).latest_invoice as Stripe.Invoice).total).toBe(650)
    expect(await failure(subscribe('gbp'))).toMatchObject({ statusCode: 400, param: 'discounts' })
  })

  it('shows its currencies only when asked, and gains others', async () => {
    await using shop = await openShop()
    expect(shop.coupon).not.toHaveProperty('currency_options')
    const changed = await shop.stripe.coupons.update(shop.coupon.id, {
      currency_options: { gbp: { amount_off: 200 } },
      expand: ['currency_options'],
    })
    expect(changed.currency_options).toEqual({
      usd: { amount_off: 300 },
      eur: { amount_off: 250 },
      gbp: { amount_off: 200 },
    })
    expect((await shop.session('gbp', { discounts: [{ coupon: shop.coupon.id }] })).amount_total).toBe(600)
  })

  it('has other currencies only if it is over an amount', async () => {
    await using shop = await openShop()
    const wrong = shop.stripe.coupons.create({ percent_off: 5, currency_options: { eur: { amount_off: 5 } } })
    expect(await failure(wrong)).toMatchObject({ statusCode: 400, param: 'currency_options' })
  })
})

describe('a promotion code', () => {
  const restricted = async () => {
    const shop = await openShop()
    const { id } = await shop.stripe.coupons.create({ percent_off: 10 })
    const create = (restrictions: Stripe.PromotionCodeCreateParams.Restrictions, code: string) =>
      shop.stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: id }, code, restrictions })
    const types = async (currency: string, code: string) => {
      const session = await shop.session(currency, { allow_promotion_codes: true })
      return shop.simulator.core.applyPromotionCode(session.id, code)
    }
    return { ...shop, createCode: create, types }
  }

  it('has a least amount in each currency', async () => {
    await using shop = await restricted()
    const restrictions = {
      minimum_amount: 1000,
      minimum_amount_currency: 'usd',
      currency_options: { eur: { minimum_amount: 901 } },
    }
    const code = await shop.createCode(restrictions, 'BIG')
    expect(code.restrictions).toMatchObject(restrictions)
    expect((await shop.types('usd', 'BIG')).status).toBe('applied')
    expect((await shop.types('eur', 'BIG')).status).toBe('refused')
    expect((await shop.types('gbp', 'BIG')).status).toBe('refused')
    const currency_options = { eur: { minimum_amount: 900 }, gbp: { minimum_amount: 800 } }
    const changed = await shop.stripe.promotionCodes.update(code.id, { restrictions: { currency_options } })
    expect(changed.restrictions).toMatchObject({ minimum_amount: 1000, currency_options })
    expect((await shop.types('eur', 'BIG')).status).toBe('applied')
    expect((await shop.types('gbp', 'BIG')).status).toBe('applied')
  })

  it('can be for the first purchase only', async () => {
    await using shop = await restricted()
    await shop.createCode({ first_time_transaction: true }, 'FIRST')
    const { id: customer } = await shop.stripe.customers.create({ email: 'ada@example.com' })
    const buy = () => shop.session('usd', { allow_promotion_codes: true, customer })
    const first = await buy()
    expect(shop.simulator.core.applyPromotionCode(first.id, 'FIRST').status).toBe('applied')
    shop.simulator.core.payCheckoutSession(first.id, { card: visa })
    expect(shop.simulator.core.applyPromotionCode((await buy()).id, 'FIRST').status).toBe('refused')
  })

  it.each([
    [{ minimum_amount: 5 }, 'restrictions[minimum_amount_currency]'],
    [{ minimum_amount_currency: 'usd' }, 'restrictions[minimum_amount]'],
    [{ minimum_amount: 5, minimum_amount_currency: 'zzz' }, 'restrictions[minimum_amount_currency]'],
    [
      { minimum_amount: 5, minimum_amount_currency: 'usd', currency_options: { usd: { minimum_amount: 5 } } },
      'restrictions[currency_options][usd]',
    ],
  ])('is refused with %j', async (restrictions, param) => {
    await using shop = await restricted()
    expect(await failure(shop.createCode(restrictions, 'NO'))).toMatchObject({ statusCode: 400, param })
  })

  it('is found by when it was made', async () => {
    await using shop = await restricted()
    const { created } = await shop.createCode({}, 'EARLY')
    await shop.simulator.clock.advance({ days: 1 })
    await shop.createCode({}, 'LATE')
    const { data } = await shop.stripe.promotionCodes.list({ created: { gt: created } })
    expect(data.map(({ code }) => code)).toEqual(['LATE'])
  })
})
