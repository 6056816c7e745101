import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { visa } from './support/catalog.ts'
import { email, openShop, post } from './support/checkout-shop.ts'
import { failure } from './support/failure.ts'

describe('a session that is paid later', () => {
  it('holds the amount, is complete and unpaid', async () => {
    const open = await openShop()
    await using _open = open
    const session = await open.create({ payment_intent_data: { capture_method: 'manual' } })
    open.simulator.core.payCheckoutSession(session.id, { email, card: visa })
    const complete = await open.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
    expect(complete).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'requires_capture', amount_capturable: 500 },
    })
  })
})

describe('a session that its server updates', () => {
  it('has other lines, all at once: kept, changed, added, left out', async () => {
    const open = await openShop()
    await using _open = open
    const session = await open.create({ ui_mode: 'elements', expand: ['line_items'] })
    const id = session.line_items?.data[0]?.id ?? ''
    const lines = (line_items: Stripe.Checkout.SessionUpdateParams.LineItem[]) =>
      open.stripe.checkout.sessions.update(session.id, { line_items, expand: ['line_items'] })
    expect((await lines([{ id, quantity: 3 }])).amount_total).toBe(1500)
    const both = await lines([{ id }, { price: open.pack.id, quantity: 1 }])
    expect([both.amount_total, both.line_items?.data.length]).toEqual([2000, 2])
    const other = await lines([{ price: open.pack.id, quantity: 2 }])
    expect(other.line_items?.data.map((line) => [line.id === id, line.quantity])).toEqual([[false, 2]])
    expect((await failure(lines([{ id: 'li_none' }]))).param).toBe('line_items[0][id]')
    expect((await open.stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(1000)
  })

  it('is delivered in another way', async () => {
    const open = await openShop()
    await using _open = open
    const session = await open.create({ ui_mode: 'elements' })
    const update = (shipping_options: NonNullable<Stripe.Checkout.SessionUpdateParams['shipping_options']>) =>
      open.stripe.checkout.sessions.update(session.id, { shipping_options })
    expect((await update([post(300)])).amount_total).toBe(800)
    expect(await update('')).toMatchObject({ amount_total: 500, shipping_cost: null, shipping_options: [] })
  })

  it('has its metadata changed for ever, and nothing else once it is over', async () => {
    const open = await openShop()
    await using _open = open
    const session = await open.create({ ui_mode: 'elements' })
    await open.stripe.checkout.sessions.expire(session.id)
    const { update } = open.stripe.checkout.sessions
    const line_items = [{ price: open.pack.id, quantity: 2 }]
    expect((await open.stripe.checkout.sessions.update(session.id, { metadata: { a: '1' } })).metadata).toEqual({
      a: '1',
    })
    expect((await failure(update.call(open.stripe.checkout.sessions, session.id, { line_items }))).statusCode).toBe(400)
  })
})

it('an expired session can be taken up again, by its link', async () => {
  const open = await openShop()
  await using _open = open
  const session = await open.create({
    after_expiration: { recovery: { enabled: true, allow_promotion_codes: true } },
    metadata: { order: '7' },
  })
  expect(session.after_expiration?.recovery).toMatchObject({ enabled: true, url: null })
  const { after_expiration } = await open.stripe.checkout.sessions.expire(session.id)
  const answer = await fetch(after_expiration?.recovery?.url ?? '', { redirect: 'manual' })
  const id = answer.headers.get('location')?.split('/').at(-1) ?? ''
  expect(await open.stripe.checkout.sessions.retrieve(id)).toMatchObject({
    allow_promotion_codes: true,
    amount_total: 500,
    metadata: { order: '7' },
    recovered_from: session.id,
    status: 'open',
  })
})

it('an optional item is bought when it is wanted, and only then', async () => {
  const open = await openShop()
  await using _open = open
  const session = await open.create({ optional_items: [{ price: open.pack.id, quantity: 2 }] })
  const want = (isWanted: boolean) =>
    open.simulator.core.changeCheckoutSession(session.id, { optional: { price: open.pack.id, isWanted } })
  const total = async () => (await open.stripe.checkout.sessions.retrieve(session.id)).amount_total
  want(true)
  want(true)
  expect(await total()).toBe(1500)
  want(false)
  expect(await total()).toBe(500)
})

it('a card that the buyer wants to keep is shown again, another is not', async () => {
  const open = await openShop()
  await using _open = open
  const { id: customer } = await open.stripe.customers.create({ email })
  const saved_payment_method_options = { payment_method_save: 'enabled' } as const
  const buy = async (savePaymentMethod: boolean) => {
    const { id } = await open.create({ customer, saved_payment_method_options })
    open.simulator.core.payCheckoutSession(id, { card: visa, savePaymentMethod })
  }
  await buy(false)
  await buy(true)
  const next = await open.create({ customer, saved_payment_method_options })
  const [saved, ...others] = open.simulator.core.savedMethods(next.id)
  expect([saved?.allow_redisplay, others]).toEqual(['always', []])
  const outcome = open.simulator.core.payCheckoutSession(next.id, { paymentMethodId: saved?.id ?? '' })
  expect(outcome.status).toBe('complete')
})

it('a card of somebody else pays nothing', async () => {
  const open = await openShop()
  await using _open = open
  const [ada, bob] = [await open.stripe.customers.create({ email }), await open.stripe.customers.create({ email })]
  const method = await open.stripe.paymentMethods.attach('pm_card_visa', { customer: bob.id })
  const session = await open.create({ customer: ada.id })
  expect(() => open.simulator.core.payCheckoutSession(session.id, { paymentMethodId: method.id })).toThrow(
    'another customer',
  )
})

it('allowed and excluded methods are shown where they were given', async () => {
  const open = await openShop()
  await using _open = open
  const intent = await open.stripe.paymentIntents.create({
    amount: 500,
    currency: 'usd',
    allowed_payment_method_types: ['card', 'paypal'],
  })
  expect([intent.allowed_payment_method_types, intent.payment_method_types]).toEqual([['card', 'paypal'], ['card']])
  const setup = await open.stripe.setupIntents.create({ excluded_payment_method_types: ['paypal'] })
  expect(setup.excluded_payment_method_types).toEqual(['paypal'])
  const none = open.stripe.paymentIntents.create({
    amount: 500,
    currency: 'usd',
    allowed_payment_method_types: ['paypal'],
  })
  expect((await failure(none)).param).toBe('allowed_payment_method_types')
})

it('a bank that was asked about another amount is not waited for', async () => {
  const open = await openShop()
  await using _open = open
  const session = await open.create({ ui_mode: 'elements' })
  const asking = { ...visa, number: '4000002760003184' }
  const outcome = open.simulator.core.payCheckoutSession(session.id, { email, card: asking })
  const [intent] = open.simulator.objects('payment_intent')
  await open.stripe.checkout.sessions.update(session.id, { shipping_options: [post(300)] })
  expect(outcome.status).toBe('requires_action')
  expect((await open.stripe.paymentIntents.retrieve(intent?.id ?? '')).status).toBe('requires_payment_method')
  open.simulator.core.payCheckoutSession(session.id, { card: visa })
  expect(await open.stripe.paymentIntents.retrieve(intent?.id ?? '')).toMatchObject({
    status: 'succeeded',
    amount: 800,
  })
})
