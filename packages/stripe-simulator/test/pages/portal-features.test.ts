import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openShop, type Shop, subscribe } from './support/open-shop.ts'
import { look, send } from './support/visitor.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

type Features = Stripe.BillingPortal.ConfigurationCreateParams.Features
type Flow = NonNullable<Stripe.BillingPortal.SessionCreateParams['flow_data']>

const enter = async (features: Features, flow?: (subscription: string) => Flow, price = shop.prices.growth) => {
  const { stripe } = shop
  const configuration = await stripe.billingPortal.configurations.create({ features })
  const { id, customer } = await subscribe(shop, price)
  const { url } = await stripe.billingPortal.sessions.create({
    customer: String(customer),
    configuration: configuration.id,
    return_url: `${shop.site}/account`,
    ...(flow ? { flow_data: flow(id) } : {}),
  })
  return {
    url,
    at: `${url}/subscriptions/${id}`,
    customer: () => stripe.customers.retrieve(String(customer)) as Promise<Stripe.Customer>,
    now: () => stripe.subscriptions.retrieve(id),
  }
}

const products = async (adjustable_quantity?: { enabled: boolean; minimum?: number; maximum?: number }) =>
  Promise.all(
    [shop.prices.starter, shop.prices.growth].map(async (id) => {
      const { product } = await shop.stripe.prices.retrieve(id)
      return { product: String(product), prices: [id], ...(adjustable_quantity ? { adjustable_quantity } : {}) }
    }),
  )

const update = async (more: Partial<NonNullable<Features['subscription_update']>>): Promise<Features> => ({
  subscription_update: {
    enabled: true,
    default_allowed_updates: ['price'],
    proration_behavior: 'always_invoice',
    products: await products(),
    ...more,
  },
})

describe('what a portal lets customers change of themselves', () => {
  it('is what its configuration names, and nothing else', async () => {
    const { url, customer } = await enter({ customer_update: { enabled: true, allowed_updates: ['email', 'name'] } })
    const { html } = await look(`${url}/customer`)
    expect([html.includes('name="email"'), html.includes('name="phone"')]).toEqual([true, false])
    await send(`${url}/customer`, { email: 'new@example.com', customerName: 'Alice B.', phone: '+1 555' })
    expect(await customer()).toMatchObject({ email: 'new@example.com', name: 'Alice B.', phone: null })
    expect((await look(url)).text).toContain('Your information is saved.')
  })

  it('can be everything: addresses and tax ids too', async () => {
    const allowed_updates = ['address', 'email', 'name', 'phone', 'shipping', 'tax_id'] as const
    const { url, customer } = await enter({ customer_update: { enabled: true, allowed_updates: [...allowed_updates] } })
    const fields = {
      email: 'alice@example.com',
      customerName: 'Alice',
      phone: '+49 30',
      billing_line1: 'Street 1',
      billing_city: 'Berlin',
      billing_country: 'DE',
      shippingName: 'Bob',
      shipping_line1: 'Road 2',
      taxIdType: 'eu_vat',
      taxId: 'DE123456789',
    }
    expect((await send(`${url}/customer`, { ...fields, taxId: '1' })).html).toContain('id="taxId-problem"')
    expect((await send(`${url}/customer`, { ...fields, email: 'x' })).html).toContain('id="email-problem"')
    await send(`${url}/customer`, fields)
    expect(await customer()).toMatchObject({
      address: { line1: 'Street 1', city: 'Berlin', country: 'DE', line2: null },
      phone: '+49 30',
      shipping: { name: 'Bob', address: { line1: 'Road 2' } },
    })
    expect((await look(url)).text).toContain('Tax ID DE123456789')
  })

  it('is nothing when that is turned off', async () => {
    const { url } = await enter({ invoice_history: { enabled: true } })
    expect((await look(url)).text).not.toContain('Billing information')
    expect((await send(`${url}/customer`, {})).status).toBe(303)
  })
})

describe('switching in the portal', () => {
  it('is not offered without prices, and refused', async () => {
    const { url, at } = await enter(await update({ default_allowed_updates: ['quantity'] }))
    expect((await look(url)).text).not.toContain('Switch plan')
    expect((await send(`${at}/switch`, { price: shop.prices.starter })).status).toBe(400)
  })

  it('changes the quantity within its bounds', async () => {
    const adjustable = { enabled: true, minimum: 1, maximum: 5 }
    const features = await update({ default_allowed_updates: ['quantity'], products: await products(adjustable) })
    const { at, now } = await enter(features, undefined, shop.prices.starter)
    expect((await look(`${at}/switch`)).html).toContain('id="quantity"')
    expect((await look(`${at}/switch?quantity=3`)).text).toContain('Change to 3 × Starter')
    expect((await send(`${at}/switch`, { quantity: '9' })).status).toBe(400)
    await send(`${at}/switch`, { quantity: '3' })
    expect((await now()).items.data[0]?.quantity).toBe(3)
  })

  it('down waits for the end of the period where the configuration says so', async () => {
    const schedule_at_period_end = { conditions: [{ type: 'decreasing_item_amount' as const }] }
    const { at, url, now } = await enter(await update({ schedule_at_period_end }))
    expect((await look(`${at}/switch?price=${shop.prices.starter}`)).text).toContain('Nothing is due today.')
    await send(`${at}/switch`, { price: shop.prices.starter })
    const { schedule, items } = await now()
    expect([items.data[0]?.price.id, schedule]).toEqual([shop.prices.growth, expect.stringMatching(/^sub_sched_/)])
    expect((await look(url)).text).toContain('You will be on Starter when your period is over.')
    const { phases } = await shop.stripe.subscriptionSchedules.retrieve(String(schedule))
    expect(phases.map(({ items: [item] }) => item?.price)).toEqual([shop.prices.growth, shop.prices.starter])
  })

  it('takes a promotion code where the configuration says so', async () => {
    const features = await update({ default_allowed_updates: ['price', 'promotion_code'] })
    const { at, now } = await enter(features, undefined, shop.prices.starter)
    expect((await look(`${at}/switch`)).text).toContain('Promotion code (optional)')
    expect((await send(`${at}/switch`, { price: shop.prices.growth, promotionCode: 'NONE' })).status).toBe(400)
    await send(`${at}/switch`, { price: shop.prices.growth, promotionCode: 'AUTUMN20' })
    expect((await now()).discounts).toHaveLength(1)
  })

  it('is what a flow asks to confirm', async () => {
    const flow = (subscription: string): Flow => ({
      type: 'subscription_update_confirm',
      subscription_update_confirm: { subscription, items: [{ id: 'si_1', price: shop.prices.starter }] },
    })
    const { url } = await enter(await update({}), flow)
    const { goesTo } = await look(url)
    expect((await look(new URL(goesTo ?? '', url).href)).text).toContain('Switch to Starter')
  })
})

describe('leaving in the portal', () => {
  it('for a while: paused, and back by itself', async () => {
    const { url, at, now } = await enter({ subscription_pause: { enabled: true } }, undefined, shop.prices.starter)
    expect((await look(`${at}/pause`)).text).toContain('For how long? 1 month')
    expect((await send(`${at}/pause`, {})).status).toBe(400)
    await send(`${at}/pause`, { duration: '1 month' })
    expect((await now()).status).toBe('paused')
    expect((await look(url)).text).toContain('Resume Starter')
    await shop.simulator.clock.advance({ days: 32 })
    expect((await now()).status).toBe('active')
  })

  it('until somebody resumes it', async () => {
    const duration = { type: 'indefinite' as const }
    const { at, now } = await enter({ subscription_pause: { enabled: true, duration } }, undefined, shop.prices.starter)
    await send(`${at}/pause`, {})
    await shop.simulator.clock.advance({ days: 90 })
    expect((await now()).status).toBe('paused')
    await send(`${at}/resume`, {})
    expect((await now()).status).toBe('active')
  })

  it('is given back what is left, on the next bill and never at once', async () => {
    const leaving = (proration_behavior: 'always_invoice' | 'create_prorations') => ({
      subscription_cancel: { enabled: true, mode: 'immediately' as const, proration_behavior },
    })
    const features = leaving('always_invoice')
    await expect(shop.stripe.billingPortal.configurations.create({ features })).rejects.toMatchObject({
      statusCode: 400,
      param: 'features[subscription_cancel][proration_behavior]',
    })
    const { at, now } = await enter(leaving('create_prorations'))
    await send(`${at}/cancel`, {})
    const { status, customer } = await now()
    const items = await shop.stripe.invoiceItems.list({ customer: String(customer), pending: true })
    expect([status, items.data.map(({ amount }) => amount < 0)]).toEqual(['canceled', [true]])
  })

  it('is asked why, in the reasons of the configuration, and in one’s own words', async () => {
    const cancellation_reason = { enabled: true, options: ['unused' as const, 'other' as const] }
    const { at, now } = await enter({
      subscription_cancel: { enabled: true, mode: 'immediately', cancellation_reason },
    })
    const { html } = await look(`${at}/cancel`)
    expect([html.includes('value="unused"'), html.includes('value="too_complex"')]).toEqual([true, false])
    await send(`${at}/cancel`, { reason: 'other', comment: 'Moving on' })
    expect(await now()).toMatchObject({
      status: 'canceled',
      cancellation_details: { feedback: 'other', comment: 'Moving on' },
    })
  })

  it('is answered with the offer of the flow', async () => {
    const { id: coupon } = await shop.stripe.coupons.create({ percent_off: 50, duration: 'once' })
    const flow = (subscription: string): Flow => ({
      type: 'subscription_cancel',
      subscription_cancel: { subscription, retention: { type: 'coupon_offer', coupon_offer: { coupon } } },
      after_completion: { type: 'hosted_confirmation', hosted_confirmation: { custom_message: 'Good choice!' } },
    })
    const { at, url, now } = await enter({ subscription_cancel: { enabled: true } }, flow)
    expect((await look(`${at}/cancel`)).text).toContain('Stay, and get 50% off the next bill.')
    const { goesTo } = await send(`${at}/offer`, {})
    expect((await look(new URL(goesTo ?? '', url).href)).text).toContain('Good choice!')
    expect((await now()).discounts).toHaveLength(1)
  })
})
