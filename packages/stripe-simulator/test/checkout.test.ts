import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, visa } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

const success_url = 'https://example.com/thanks?session={CHECKOUT_SESSION_ID}'
const email = 'ada@example.com'
const declining = { ...visa, number: '4000000000000002' }
const asking = { ...visa, number: '4000002500003155' }

const since = async (stripe: Stripe, count: number): Promise<string[]> => {
  const events = await stripe.events.list({ limit: 100 })
  return events.data
    .map(({ type }) => type)
    .reverse()
    .slice(count)
}

const eventCount = async (stripe: Stripe): Promise<number> => (await stripe.events.list({ limit: 100 })).data.length

describe('Checkout for a payment', () => {
  it('makes nothing before the customer pays', async () => {
    await using open = await openSimulator()
    const { pack } = await createCatalog(open.stripe)
    const session = await open.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url,
      line_items: [{ price: pack.id, quantity: 2 }],
    })
    expect(session).toMatchObject({
      status: 'open',
      payment_status: 'unpaid',
      payment_intent: null,
      customer: null,
      amount_total: 1000,
      url: `${open.simulator.url}/_simulator/checkout/${session.id}`,
    })
    expect(session).not.toHaveProperty('line_items')
    expect((await open.stripe.paymentIntents.list()).data).toEqual([])
  })

  it('is paid, and heard of in the order of 5.2', async () => {
    await using open = await openSimulator()
    const { pack } = await createCatalog(open.stripe)
    const session = await open.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url,
      customer_creation: 'always',
      line_items: [{ price: pack.id, quantity: 1 }],
      payment_intent_data: { metadata: { order: '7' } },
    })
    const before = await eventCount(open.stripe)
    const outcome = open.simulator.core.payCheckoutSession(session.id, { email, card: visa })
    expect(outcome).toEqual({ status: 'complete', redirectUrl: `https://example.com/thanks?session=${session.id}` })
    expect(await since(open.stripe, before)).toEqual([
      'customer.created',
      'payment_intent.created',
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.completed',
      'charge.updated',
    ])
    const paid = await open.stripe.checkout.sessions.retrieve(session.id, { expand: ['line_items', 'payment_intent'] })
    expect(paid).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer_details: { email },
      line_items: { data: [{ quantity: 1, amount_total: 500, price: { id: pack.id } }] },
      payment_intent: { status: 'succeeded', metadata: { order: '7' } },
    })
  })

  it('that is declined stays open for another try with the same intent', async () => {
    await using open = await openSimulator()
    const { pack } = await createCatalog(open.stripe)
    const line_items = [{ price: pack.id, quantity: 1 }]
    const { id } = await open.stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items })
    const declined = open.simulator.core.payCheckoutSession(id, { email, card: declining })
    expect(declined).toMatchObject({ status: 'declined', code: 'card_declined', declineCode: 'generic_decline' })
    expect((await open.stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    expect(open.simulator.core.payCheckoutSession(id, { email, card: visa }).status).toBe('complete')
    expect((await open.stripe.paymentIntents.list()).data).toHaveLength(1)
    expect((await open.stripe.charges.list()).data.map(({ status }) => status)).toEqual(['succeeded', 'failed'])
  })

  it('comes back from a challenge to its success page, or to itself', async () => {
    await using open = await openSimulator()
    const { pack } = await createCatalog(open.stripe)
    const line_items = [{ price: pack.id, quantity: 1 }]
    const { id } = await open.stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items })
    const { core, url } = open.simulator
    const pay = () => {
      const outcome = core.payCheckoutSession(id, { email, card: asking })
      return outcome.status === 'requires_action' ? outcome.intentId : ''
    }
    expect(core.completeChallenge(pay(), 'fail').redirectUrl).toBe(`${url}/_simulator/checkout/${id}`)
    expect((await open.stripe.checkout.sessions.retrieve(id)).status).toBe('open')
    expect(core.completeChallenge(pay(), 'complete').redirectUrl).toBe(`https://example.com/thanks?session=${id}`)
    expect((await open.stripe.checkout.sessions.retrieve(id)).payment_status).toBe('paid')
  })

  it('does not let its intent be confirmed from outside', async () => {
    await using open = await openSimulator()
    const { pack } = await createCatalog(open.stripe)
    const line_items = [{ price: pack.id, quantity: 1 }]
    const { id } = await open.stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items })
    open.simulator.core.payCheckoutSession(id, { email, card: declining })
    const intent = String((await open.stripe.checkout.sessions.retrieve(id)).payment_intent)
    expect((await failure(open.stripe.paymentIntents.cancel(intent))).statusCode).toBe(400)
    expect((await failure(open.stripe.paymentIntents.confirm(intent))).statusCode).toBe(400)
  })
})

describe('Checkout for a subscription', () => {
  it('is paid first, and the subscription follows in the order of 5.2', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const session = await open.stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url,
      line_items: [{ price: pro.id, quantity: 1 }],
      metadata: { for: 'session' },
      subscription_data: { metadata: { for: 'subscription' } },
    })
    const before = await eventCount(open.stripe)
    open.simulator.core.payCheckoutSession(session.id, { email, card: visa })
    expect(await since(open.stripe, before)).toEqual([
      'customer.created',
      'payment_intent.created',
      'charge.succeeded',
      'payment_method.attached',
      'payment_intent.succeeded',
      'customer.subscription.created',
      'invoice.created',
      'invoice.finalized',
      'invoice.paid',
      'invoice.payment_succeeded',
      'invoice_payment.paid',
      'checkout.session.completed',
      'charge.updated',
    ])
    const complete = await open.stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription', 'invoice.payments.data.payment'],
    })
    expect(complete).toMatchObject({
      subscription: { status: 'active', metadata: { for: 'subscription' } },
      invoice: { status: 'paid', billing_reason: 'subscription_create', amount_paid: 2000 },
      payment_intent: null,
    })
  })

  it('that is declined makes no subscription', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const line_items = [{ price: pro.id, quantity: 1 }]
    const { id } = await open.stripe.checkout.sessions.create({ mode: 'subscription', success_url, line_items })
    expect(open.simulator.core.payCheckoutSession(id, { email, card: declining }).status).toBe('declined')
    expect((await open.stripe.subscriptions.list({ status: 'all' })).data).toEqual([])
    expect((await open.stripe.invoices.list()).data).toEqual([])
  })

  it('with a trial takes a card and no money', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const session = await open.stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url,
      line_items: [{ price: pro.id, quantity: 1 }],
      subscription_data: { trial_period_days: 14 },
    })
    expect(session.amount_total).toBe(0)
    expect(open.simulator.core.needsCard(session.id)).toBe(true)
    open.simulator.core.payCheckoutSession(session.id, { email, card: visa })
    const complete = await open.stripe.checkout.sessions.retrieve(session.id, { expand: ['subscription'] })
    expect(complete).toMatchObject({ payment_status: 'no_payment_required', subscription: { status: 'trialing' } })
    expect((await open.stripe.charges.list()).data).toEqual([])
    await open.simulator.clock.advance({ days: 14, hours: 2 })
    expect((await open.stripe.charges.list()).data).toMatchObject([{ amount: 2000, status: 'succeeded' }])
  })
})
