import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer, visa } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator, stripeFor } from './support/open-simulator.ts'

const seconds = (text: string): number => Date.parse(text) / 1000

const itemOf = (subscription: Stripe.Subscription): Stripe.SubscriptionItem => {
  const [item] = subscription.items.data
  if (!item) throw new TypeError('the subscription has no items')
  return item
}

describe('a subscription made by the API', () => {
  it('is paid at once and runs', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const payer = await createPayer(open.stripe)
    const subscription = await open.stripe.subscriptions.create({
      customer: payer.id,
      items: [{ price: pro.id }],
      expand: ['latest_invoice.payments'],
    })
    expect(subscription).toMatchObject({
      status: 'active',
      billing_mode: { type: 'flexible' },
      latest_invoice: {
        status: 'paid',
        billing_reason: 'subscription_create',
        payments: { data: [{ status: 'paid' }] },
      },
    })
    expect(itemOf(subscription)).toMatchObject({
      current_period_start: seconds('2026-01-15T12:00:00Z'),
      current_period_end: seconds('2026-02-15T12:00:00Z'),
    })
  })

  it('waits for the customer with default_incomplete, and runs once they paid', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const { id: customer } = await open.stripe.customers.create({})
    const subscription = await open.stripe.subscriptions.create({
      customer,
      items: [{ price: pro.id }],
      payment_behavior: 'default_incomplete',
      payment_settings: { save_default_payment_method: 'on_subscription' },
      expand: ['latest_invoice.confirmation_secret'],
    })
    expect(subscription.status).toBe('incomplete')
    const secret = (subscription.latest_invoice as Stripe.Invoice).confirmation_secret?.client_secret ?? ''
    const browser = stripeFor(open.simulator, { key: open.simulator.keys.publishableKey })
    const [intent = ''] = secret.split('_secret_')
    const confirm = { client_secret: secret, payment_method: 'pm_card_visa', use_stripe_sdk: true }
    await browser.paymentIntents.confirm(intent, confirm as Stripe.PaymentIntentConfirmParams)
    const running = await open.stripe.subscriptions.retrieve(subscription.id)
    expect(running.status).toBe('active')
    expect(running.default_payment_method).toMatch(/^pm_/)
  })

  it('that is not paid within 23 hours never was', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const { id: customer } = await open.stripe.customers.create({})
    const params = { customer, items: [{ price: pro.id }], payment_behavior: 'default_incomplete' } as const
    const { id } = await open.stripe.subscriptions.create({ ...params, items: [...params.items] })
    await open.simulator.clock.advance({ hours: 23 })
    const expired = await open.stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
    expect(expired).toMatchObject({ status: 'incomplete_expired', latest_invoice: { status: 'void' } })
  })

  it('stays incomplete on a decline, unless that is an error', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const payer = await createPayer(open.stripe, 'pm_card_chargeCustomerFail')
    const create = (payment_behavior: 'allow_incomplete' | 'error_if_incomplete') =>
      open.stripe.subscriptions.create({ customer: payer.id, items: [{ price: pro.id }], payment_behavior })
    expect(await failure(create('error_if_incomplete'))).toMatchObject({ statusCode: 402, code: 'card_declined' })
    expect((await open.stripe.subscriptions.list({ status: 'all' })).data).toEqual([])
    expect((await create('allow_incomplete')).status).toBe('incomplete')
  })

  it('needs somebody to pay and something that recurs', async () => {
    await using open = await openSimulator()
    const { pro, pack } = await createCatalog(open.stripe)
    const { id: customer } = await open.stripe.customers.create({})
    const create = (price: string) => open.stripe.subscriptions.create({ customer, items: [{ price }] })
    expect((await failure(create(pro.id))).code).toBe('resource_missing')
    expect(await failure(create(pack.id))).toMatchObject({ param: 'items[0][price]' })
  })

  it('with a trial is announced three days before it ends, and then paid', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const payer = await createPayer(open.stripe)
    const params = { customer: payer.id, items: [{ price: pro.id }], trial_period_days: 7 }
    const { id, status } = await open.stripe.subscriptions.create(params)
    expect(status).toBe('trialing')
    const notices = () => open.stripe.events.list({ type: 'customer.subscription.trial_will_end' })
    expect((await notices()).data).toEqual([])
    await open.simulator.clock.advance({ days: 4 })
    expect((await notices()).data).toHaveLength(1)
    await open.simulator.clock.advance({ days: 3, hours: 1 })
    expect((await open.stripe.subscriptions.retrieve(id)).status).toBe('active')
    expect((await open.stripe.charges.list()).data).toMatchObject([{ amount: 2000 }])
  })

  it('hides once it was canceled, unless it is asked for', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const payer = await createPayer(open.stripe)
    const { id } = await open.stripe.subscriptions.create({ customer: payer.id, items: [{ price: pro.id }] })
    await open.stripe.subscriptions.cancel(id)
    const count = async (status?: 'all' | 'ended' | 'active') =>
      (await open.stripe.subscriptions.list(status === undefined ? {} : { status })).data.length
    expect([await count(), await count('all'), await count('ended'), await count('active')]).toEqual([0, 1, 1, 0])
  })
})

describe('ending a subscription', () => {
  it('at the end of its period leaves it running until then, and can be undone', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const payer = await createPayer(open.stripe)
    const { id } = await open.stripe.subscriptions.create({ customer: payer.id, items: [{ price: pro.id }] })
    const ending = await open.stripe.subscriptions.update(id, { cancel_at_period_end: true })
    expect(ending).toMatchObject({
      status: 'active',
      cancel_at: itemOf(ending).current_period_end,
      canceled_at: seconds('2026-01-15T12:00:00Z'),
    })
    const staying = await open.stripe.subscriptions.update(id, { cancel_at_period_end: false })
    expect(staying).toMatchObject({ cancel_at: null, canceled_at: null })
    await open.stripe.subscriptions.update(id, { cancel_at_period_end: true })
    await open.simulator.clock.advance({ months: 1 })
    const ended = await open.stripe.subscriptions.retrieve(id)
    expect(ended).toMatchObject({ status: 'canceled', ended_at: itemOf(ending).current_period_end })
    expect((await open.stripe.events.list({ type: 'customer.subscription.deleted' })).data).toHaveLength(1)
    expect((await open.stripe.invoices.list()).data).toHaveLength(1)
  })

  it('once ended cannot be revived', async () => {
    await using open = await openSimulator()
    const { pro } = await createCatalog(open.stripe)
    const payer = await createPayer(open.stripe)
    const { id } = await open.stripe.subscriptions.create({ customer: payer.id, items: [{ price: pro.id }] })
    await open.stripe.subscriptions.cancel(id)
    expect((await failure(open.stripe.subscriptions.update(id, { cancel_at_period_end: false }))).statusCode).toBe(400)
    expect((await failure(open.stripe.subscriptions.cancel(id))).code).toBe('resource_missing')
  })
})

describe('the customer portal', () => {
  const openPortal = async (stripe: Stripe, prices: { product: string; prices: string[] }) => {
    await stripe.billingPortal.configurations.create({
      features: {
        payment_method_update: { enabled: true },
        subscription_cancel: { enabled: true, mode: 'at_period_end' },
        subscription_update: {
          enabled: true,
          default_allowed_updates: ['price'],
          products: [prices],
          proration_behavior: 'always_invoice',
        },
      },
    })
  }

  it('wants a configuration first', async () => {
    await using open = await openSimulator()
    const { id: customer } = await open.stripe.customers.create({})
    expect((await failure(open.stripe.billingPortal.sessions.create({ customer }))).statusCode).toBe(400)
  })

  it('cancels with a reason, resumes, switches and takes a new card', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { product, basic, pro } = await createCatalog(stripe)
    await openPortal(stripe, { product: product.id, prices: [basic.id, pro.id] })
    const payer = await createPayer(stripe)
    const { id } = await stripe.subscriptions.create({ customer: payer.id, items: [{ price: basic.id }] })
    const session = await stripe.billingPortal.sessions.create({
      customer: payer.id,
      return_url: 'https://example.com',
    })
    const { core } = simulator
    core.portalCancelSubscription(session.id, { subscriptionId: id, reason: 'too_expensive', comment: 'Sorry' })
    expect(await stripe.subscriptions.retrieve(id)).toMatchObject({
      cancel_at_period_end: true,
      cancellation_details: { feedback: 'too_expensive', comment: 'Sorry', reason: 'cancellation_requested' },
    })
    core.portalResumeSubscription(session.id, { subscriptionId: id })
    await simulator.clock.advance({ days: 15, hours: 12 })
    const change = { subscriptionId: id, priceId: pro.id }
    const preview = core.portalPreviewSwitch(session.id, change)
    expect(preview.lines.map(({ amount }) => amount)).toEqual([-500, 1000])
    expect(core.portalSwitchPlan(session.id, { ...change, prorationDate: preview.prorationDate }).status).toBe(
      'switched',
    )
    expect((await stripe.charges.list()).data[0]?.amount).toBe(preview.amountDue)
    const card = { ...visa, number: '5555555555554444' }
    expect(core.portalUpdatePaymentMethod(session.id, { card }).status).toBe('updated')
    const method = String(
      ((await stripe.customers.retrieve(payer.id)) as Stripe.Customer).invoice_settings.default_payment_method,
    )
    expect((await stripe.paymentMethods.retrieve(method)).card?.brand).toBe('mastercard')
  })
})
