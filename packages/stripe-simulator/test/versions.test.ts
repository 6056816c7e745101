import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { type Fields, objectsIn, problemsOf } from './support/acacia-shapes.ts'
import { acacia, openBoth, type Told } from './support/both-versions.ts'
import { createCatalog, createPayer, visa } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'
import { openReceiver } from './support/receiver.ts'

const endive = '2026-10-28.endive'

const last = (events: readonly Told[], type: string): Told => {
  const found = events.findLast((event) => event.type === type)
  if (found) return found
  throw new TypeError(`${type} was not told`)
}

const subscribe = async ({ stripe }: OpenSimulator) => {
  const catalog = await createCatalog(stripe)
  const { id: customer } = await createPayer(stripe)
  const coupon = await stripe.coupons.create({ percent_off: 10, duration: 'forever' })
  const code = await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id } })
  const subscription = await stripe.subscriptions.create({
    customer,
    items: [{ price: catalog.basic.id }],
    discounts: [{ promotion_code: code.id }],
    metadata: { team: 'red' },
  })
  return { catalog, customer, coupon, code, subscription }
}

describe('an endpoint of an older version', () => {
  it('says so, and is told so', async () => {
    await using open = await openBoth()
    await open.stripe.customers.create({})
    expect(await open.older()).toMatchObject([{ api_version: acacia, type: 'customer.created' }])
    expect(await open.newer()).toMatchObject([{ api_version: endive, type: 'customer.created' }])
    expect((await open.stripe.webhookEndpoints.list()).data.map(({ api_version }) => api_version)).toEqual([
      acacia,
      endive,
    ])
    expect((await open.stripe.events.list()).data).toMatchObject([{ api_version: endive }])
  })

  it('is made by the API too; a version that the simulator does not know is refused by name', async () => {
    await using open = await openSimulator()
    const create = (api_version: Stripe.WebhookEndpointCreateParams.ApiVersion) =>
      open.stripe.webhookEndpoints.create({ url: 'https://example.com', enabled_events: ['*'], api_version })
    expect((await create(acacia)).api_version).toBe(acacia)
    expect((await create(endive)).api_version).toBe(endive)
    const refused = await failure(create('2025-03-31.basil'))
    expect(refused).toMatchObject({ code: 'simulator_not_implemented', param: 'api_version', statusCode: 501 })
    expect(refused.message).toContain('2025-03-31.basil')
    const nonsense = '2025-13-32.durian' as Stripe.WebhookEndpointCreateParams.ApiVersion
    expect(await failure(create(nonsense))).toMatchObject({ param: 'api_version', statusCode: 400 })
  })

  it('sees periods, discount and coupon on the subscription', async () => {
    await using open = await openBoth()
    const { subscription, coupon, code } = await subscribe(open)
    const [item] = subscription.items.data
    const { object } = last(await open.older(), 'customer.subscription.created').data
    expect(object).toMatchObject({
      id: subscription.id,
      current_period_start: item?.current_period_start,
      current_period_end: item?.current_period_end,
      discount: { object: 'discount', coupon: { object: 'coupon', id: coupon.id }, promotion_code: code.id },
      discounts: [expect.stringMatching(/^di_/)],
    })
    const items = (object as { items: { data: Fields[] } }).items.data
    expect(items[0]).not.toHaveProperty('current_period_end')
    expect(object).not.toHaveProperty('billing_mode')
    expect(last(await open.older(), 'promotion_code.created').data.object).toMatchObject({ coupon: { id: coupon.id } })
    expect(last(await open.older(), 'customer.discount.created').data.object).toMatchObject({
      coupon: { id: coupon.id },
    })
    const now = last(await open.newer(), 'customer.subscription.created').data.object
    expect(now).not.toHaveProperty('current_period_end')
    expect(now).not.toHaveProperty('discount')
  })

  it('sees payment, subscription and whole prices on the invoice', async () => {
    await using open = await openBoth()
    const { subscription, catalog } = await subscribe(open)
    const [intent] = (await open.stripe.paymentIntents.list()).data
    const { object } = last(await open.older(), 'invoice.paid').data
    expect(object).toMatchObject({
      charge: intent?.latest_charge,
      paid: true,
      paid_out_of_band: false,
      payment_intent: intent?.id,
      subscription: subscription.id,
      subscription_details: { metadata: { team: 'red' } },
      tax: null,
      total_tax_amounts: [],
      lines: {
        data: [
          {
            amount_excluding_tax: 1000,
            plan: { object: 'plan', id: catalog.basic.id, interval: 'month' },
            price: { object: 'price', id: catalog.basic.id, product: catalog.product.id },
            proration: false,
            subscription: subscription.id,
            subscription_item: subscription.items.data[0]?.id,
            tax_amounts: [],
            type: 'subscription',
            unit_amount_excluding_tax: '1000',
          },
        ],
      },
    })
    for (const field of ['parent', 'total_taxes', 'confirmation_secret']) expect(object).not.toHaveProperty(field)
    expect(last(await open.older(), 'invoice.finalized').data.object).toMatchObject({
      paid: false,
      payment_intent: intent?.id,
      charge: null,
    })
    expect(last(await open.older(), 'invoice.created').data.object).toMatchObject({
      payment_intent: null,
      charge: null,
    })
    expect(last(await open.older(), 'payment_intent.succeeded').data.object).toMatchObject({ invoice: object.id })
    expect(last(await open.older(), 'charge.succeeded').data.object).toMatchObject({ invoice: object.id })
  })

  it('is told what changed in its own fields', async () => {
    await using open = await openBoth()
    const { subscription } = await subscribe(open)
    const before = subscription.items.data[0]
    await open.simulator.clock.advance({ months: 1, hours: 2 })
    const renewed = (await open.older()).findLast(
      ({ type, data }) =>
        type === 'customer.subscription.updated' && 'current_period_end' in (data.previous_attributes ?? {}),
    )
    expect(renewed?.data.previous_attributes).toMatchObject({
      current_period_start: before?.current_period_start,
      current_period_end: before?.current_period_end,
    })
    expect(JSON.stringify(renewed?.data.previous_attributes)).not.toContain('current_trial')
  })

  it('sees the taxes of lines and invoices as they were called', async () => {
    await using open = await openBoth()
    const { basic } = await createCatalog(open.stripe)
    const address = { country: 'DE', postal_code: '10115', line1: 'Street 1', city: 'Berlin' }
    const { id: customer } = await open.stripe.customers.create({ address })
    const method = await open.stripe.paymentMethods.attach('pm_card_visa', { customer })
    const invoice_settings = { default_payment_method: method.id }
    await open.stripe.customers.update(customer, { invoice_settings })
    await open.stripe.subscriptions.create({
      customer,
      items: [{ price: basic.id }],
      automatic_tax: { enabled: true },
    })
    const now = last(await open.newer(), 'invoice.paid').data.object as { total_taxes: { amount: number }[] }
    const [tax] = now.total_taxes
    expect(tax?.amount).toBeGreaterThan(0)
    const old = { amount: tax?.amount, inclusive: false, tax_rate: expect.stringMatching(/^txr_/) }
    expect(last(await open.older(), 'invoice.paid').data.object).toMatchObject({
      tax: tax?.amount,
      total_tax_amounts: [old],
      lines: { data: [{ tax_amounts: [old] }] },
    })
  })

  it('sees an upgrade’s prorations as invoice items with prices', async () => {
    await using open = await openBoth()
    const { subscription, catalog } = await subscribe(open)
    await open.simulator.clock.advance({ days: 10 })
    const items = [{ id: subscription.items.data[0]?.id ?? '', price: catalog.pro.id }]
    await open.stripe.subscriptions.update(subscription.id, { items, proration_behavior: 'always_invoice' })
    const item = last(await open.older(), 'invoiceitem.created').data.object
    expect(item).toMatchObject({
      price: { id: catalog.pro.id },
      plan: { id: catalog.pro.id },
      proration: true,
      subscription: subscription.id,
      subscription_item: subscription.items.data[0]?.id,
      unit_amount: 2000,
    })
    const { lines } = last(await open.older(), 'invoice.paid').data.object as { lines: { data: Fields[] } }
    expect(lines.data.map(({ type, proration }) => [type, proration])).toEqual([
      ['invoiceitem', true],
      ['invoiceitem', true],
    ])
    expect(lines.data[0]).toMatchObject({ invoice_item: expect.stringMatching(/^ii_/) })
  })

  it('gets no event that its version has not', async () => {
    await using open = await openBoth()
    await subscribe(open)
    expect((await open.newer()).map(({ type }) => type)).toContain('invoice_payment.paid')
    expect((await open.older()).map(({ type }) => type)).not.toContain('invoice_payment.paid')
    const lost = (await open.stripe.events.list({ limit: 100, delivery_success: false })).data
    expect(lost).toEqual([])
  })

  it('gets objects with the fields of its version, all of them and no others', async () => {
    await using open = await openBoth()
    const { subscription, catalog, customer } = await subscribe(open)
    const success_url = 'https://example.com'
    const line_items = [{ price: catalog.pack.id, quantity: 1 }]
    const session = await open.stripe.checkout.sessions.create({ mode: 'payment', success_url, line_items })
    open.simulator.core.payCheckoutSession(session.id, { email: 'bob@example.com', card: visa })
    const [intent] = (await open.stripe.paymentIntents.list()).data
    await open.stripe.refunds.create({ payment_intent: intent?.id ?? '' })
    await open.stripe.setupIntents.create({ customer, payment_method: 'pm_card_visa' })
    await open.stripe.subscriptionSchedules.create({ from_subscription: subscription.id })
    await open.simulator.clock.advance({ months: 1, hours: 2 })
    await open.stripe.subscriptions.cancel(subscription.id)
    const told = await open.older()
    const objects = told.flatMap(({ data }) => objectsIn(data.object))
    expect([...new Set(objects.flatMap(problemsOf))]).toEqual([])
    const kinds = ['charge', 'checkout.session', 'discount', 'invoice', 'line_item', 'payment_intent', 'subscription']
    for (const kind of kinds) expect(objects.map(({ object }) => String(object))).toContain(kind)
  })

  it('verifies with stripe-node as it is', async () => {
    await using receiver = await openReceiver()
    await using open = await openSimulator({ webhooks: [{ url: receiver.url, apiVersion: acacia }] })
    await open.stripe.customers.create({})
    await open.simulator.settled()
    const [{ body, signature } = { body: '', signature: '' }] = receiver.received
    const event = open.stripe.webhooks.constructEvent(body, signature, open.simulator.keys.webhookSecret)
    expect(event.api_version).toBe(acacia)
    expect(event.api_version).not.toBe(Stripe.API_VERSION)
  })
})
