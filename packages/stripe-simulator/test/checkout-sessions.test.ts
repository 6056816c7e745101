import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer, visa } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const success_url = 'https://example.com/thanks?session={CHECKOUT_SESSION_ID}'
const email = 'ada@example.com'
const _declining = { ...visa, number: '4000000000000002' }
const _asking = { ...visa, number: '4000002500003155' }

const _since = async (stripe: Stripe, count: number): Promise<string[]> => {
  const events = await stripe.events.list({ limit: 100 })
  return events.data
    .map(({ type }) => type)
    .reverse()
    .slice(count)
}

const _eventCount = async (stripe: Stripe): Promise<number> => (await stripe.events.list({ limit: 100 })).data.length

it('Checkout for a setup saves a card', async () => {
  await using open = await openSimulator()
  const { id: customer } = await open.stripe.customers.create({ email })
  const session = await open.stripe.checkout.sessions.create({ mode: 'setup', currency: 'usd', customer, success_url })
  expect(open.simulator.core.payCheckoutSession(session.id, { card: visa }).status).toBe('complete')
  const complete = await open.stripe.checkout.sessions.retrieve(session.id, { expand: ['setup_intent'] })
  expect(complete).toMatchObject({ payment_status: 'no_payment_required', setup_intent: { status: 'succeeded' } })
  expect((await open.stripe.paymentMethods.list({ customer })).data).toHaveLength(1)
})

describe('a Checkout Session', () => {
  it('expires after a day, or when it is told to, and once', async () => {
    await using open = await openSimulator()
    const { pack } = await createCatalog(open.stripe)
    const line_items = [{ price: pack.id, quantity: 1 }]
    const create = () => open.stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items })
    const [first, second] = [await create(), await create()]
    expect((await open.stripe.checkout.sessions.expire(first.id)).status).toBe('expired')
    expect((await failure(open.stripe.checkout.sessions.expire(first.id))).statusCode).toBe(400)
    await open.simulator.clock.advance({ hours: 24 })
    expect(await open.stripe.checkout.sessions.retrieve(second.id)).toMatchObject({ status: 'expired', url: null })
    expect(() => open.simulator.core.payCheckoutSession(second.id, { email, card: visa })).toThrow('expired')
  })

  it.each<[string, Partial<Stripe.Checkout.SessionCreateParams>, string]>([
    ['without a success page', { success_url: undefined as never }, 'success_url'],
    ['without lines', { line_items: [] }, 'line_items'],
    ['with a customer and an e-mail', { customer: 'cus_x', customer_email: email }, 'customer'],
    ['with subscription data in payment mode', { subscription_data: { description: 'x' } }, 'subscription_data'],
    [
      'with discounts and promotion codes',
      { allow_promotion_codes: true, discounts: [{ coupon: 'x' }] },
      'allow_promotion_codes',
    ],
    ['that lives too long', { expires_at: Date.parse('2027-01-01') / 1000 }, 'expires_at'],
  ])('%s is refused', async (_what, params, param) => {
    await using open = await openSimulator()
    const { pack } = await createCatalog(open.stripe)
    const line_items = [{ price: pack.id, quantity: 1 }]
    const good: Stripe.Checkout.SessionCreateParams = { mode: 'payment', success_url, line_items }
    expect(await failure(open.stripe.checkout.sessions.create({ ...good, ...params }))).toMatchObject({
      param,
      statusCode: 400,
    })
  })

  it('sells recurring prices as subscriptions only', async () => {
    await using open = await openSimulator()
    const { pro, pack } = await createCatalog(open.stripe)
    const create = (mode: 'payment' | 'subscription', price: string) =>
      open.stripe.checkout.sessions.create({ mode, success_url, line_items: [{ price, quantity: 1 }] })
    expect((await failure(create('payment', pro.id))).message).toContain('recurring price')
    expect((await failure(create('subscription', pack.id))).message).toContain('one-time prices')
  })

  it('for nobody in particular remembers the customer it was made for', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const payer = await createPayer(open.stripe)
    const line_items = [{ price: pro.id, quantity: 1 }]
    const { id } = await open.stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: payer.id,
      success_url,
      line_items,
    })
    open.simulator.core.payCheckoutSession(id, { card: visa })
    const [subscription] = (await open.stripe.subscriptions.list({ customer: payer.id })).data
    expect(subscription?.status).toBe('active')
    expect((await open.stripe.customers.list()).data).toHaveLength(1)
  })
})

describe('a promotion code', () => {
  it('takes its coupon off, whatever its case, and counts', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const coupon = await open.stripe.coupons.create({ percent_off: 25, duration: 'once' })
    const code = await open.stripe.promotionCodes.create({
      promotion: { type: 'coupon', coupon: coupon.id },
      code: 'SPRING',
    })
    const session = await open.stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url,
      allow_promotion_codes: true,
      line_items: [{ price: pro.id, quantity: 1 }],
    })
    const { core } = open.simulator
    expect(core.applyPromotionCode(session.id, 'nonsense')).toMatchObject({ status: 'refused' })
    expect(core.applyPromotionCode(session.id, 'spring')).toEqual({ status: 'applied' })
    expect(core.payCheckoutSession(session.id, { email, card: visa }).status).toBe('complete')
    const paid = await open.stripe.checkout.sessions.retrieve(session.id, { expand: ['invoice'] })
    expect(paid).toMatchObject({
      amount_total: 1500,
      total_details: { amount_discount: 500 },
      invoice: { subtotal: 2000, total: 1500, total_discount_amounts: [{ amount: 500 }] },
    })
    expect((await open.stripe.promotionCodes.retrieve(code.id)).times_redeemed).toBe(1)
    await open.simulator.clock.advance({ months: 1, hours: 2 })
    expect((await open.stripe.invoices.list()).data.map(({ total }) => total)).toEqual([2000, 1500])
  })

  it('that takes everything off leaves nothing to pay', async () => {
    await using open = await openSimulator()
    const { pack } = await createCatalog(open.stripe)
    const coupon = await open.stripe.coupons.create({ percent_off: 100, duration: 'once' })
    const session = await open.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url,
      discounts: [{ coupon: coupon.id }],
      line_items: [{ price: pack.id, quantity: 1 }],
    })
    expect(open.simulator.core.needsCard(session.id)).toBe(false)
    expect(open.simulator.core.payCheckoutSession(session.id, { email }).status).toBe('complete')
    const complete = await open.stripe.checkout.sessions.retrieve(session.id)
    expect(complete).toMatchObject({ payment_status: 'no_payment_required', payment_intent: null, amount_total: 0 })
  })
})
