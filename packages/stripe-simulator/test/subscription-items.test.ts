import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createCatalog, createPayer } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

describe('items of a subscription', () => {
  it('say only what is simulated: nothing is ignored', async () => {
    await using open = await openSimulator()
    const { basic } = await createCatalog(open.stripe)
    const { id: customer } = await createPayer(open.stripe)
    const create = (more: Partial<Stripe.SubscriptionCreateParams.Item>) =>
      failure(open.stripe.subscriptions.create({ customer, items: [{ price: basic.id, ...more }] }))
    const refused = await create({ tax_rates: ['txr_1'] })
    expect(refused).toMatchObject({ code: 'simulator_not_implemented', param: 'items[0][tax_rates]' })
    expect((await create({ billing_thresholds: { usage_gte: 5 } })).param).toBe('items[0][billing_thresholds]')
  })

  it('can be cleared of usage only where a meter counts', async () => {
    await using open = await openSimulator()
    const { stripe } = open
    const { basic, product } = await createCatalog(stripe)
    const meter = await stripe.billing.meters.create({
      display_name: 'Calls',
      event_name: 'calls',
      default_aggregation: { formula: 'count' },
    })
    const recurring = { interval: 'month', usage_type: 'metered', meter: meter.id } as const
    const metered = await stripe.prices.create({ product: product.id, currency: 'usd', unit_amount: 3, recurring })
    const { id: customer } = await createPayer(stripe)
    const { items } = await stripe.subscriptions.create({
      customer,
      items: [{ price: basic.id }, { price: metered.id }],
    })
    const [licensed, counted] = items.data
    const refused = stripe.subscriptionItems.del(licensed?.id ?? '', { clear_usage: true })
    expect((await failure(refused)).param).toBe('items[0][clear_usage]')
    const removed = await stripe.subscriptionItems.del(counted?.id ?? '', { clear_usage: true })
    expect(removed).toMatchObject({ deleted: true })
  })

  it('changed off session are paid with a card that was set up for that', async () => {
    await using open = await openSimulator()
    const { stripe, simulator } = open
    const { basic, pro } = await createCatalog(stripe)
    const { id: customer } = await createPayer(stripe)
    const { id, items } = await stripe.subscriptions.create({ customer, items: [{ price: basic.id }] })
    const setup = await stripe.setupIntents.create({
      customer,
      payment_method: 'pm_card_authenticationRequiredOnSetup',
      confirm: true,
      return_url: 'https://example.com/back',
    })
    simulator.core.completeChallenge(setup.id, 'complete')
    const { payment_method } = await stripe.setupIntents.retrieve(setup.id)
    await stripe.subscriptions.update(id, { default_payment_method: String(payment_method) })
    await stripe.subscriptionItems.update(items.data[0]?.id ?? '', {
      price: pro.id,
      proration_behavior: 'always_invoice',
      payment_behavior: 'error_if_incomplete',
      off_session: true,
    })
    const changed = await stripe.subscriptions.retrieve(id, { expand: ['latest_invoice'] })
    expect(changed).toMatchObject({ status: 'active', latest_invoice: { status: 'paid', total: 1000 } })
  })
})
