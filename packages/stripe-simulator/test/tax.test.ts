import type Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import type { CardInput } from '../src/index.ts'
import { createCatalog, createPayer, visa } from './support/catalog.ts'
import { failure } from './support/failure.ts'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

const success_url = 'https://example.com'
const email = 'ada@example.com'
const germany: CardInput = { ...visa, country: 'DE', postalCode: '10115' }

const open = async (mode: 'payment' | 'subscription', more: Partial<Stripe.Checkout.SessionCreateParams> = {}) => {
  const opened = await openSimulator()
  const { pro, pack } = await createCatalog(opened.stripe)
  const session = await opened.stripe.checkout.sessions.create({
    mode,
    success_url,
    line_items: [{ price: mode === 'payment' ? pack.id : pro.id, quantity: 1 }],
    automatic_tax: { enabled: true },
    ...more,
  })
  return { ...opened, session, pro, pack }
}

const retrieve = ({ stripe }: OpenSimulator, id: string) =>
  stripe.checkout.sessions.retrieve(id, { expand: ['line_items', 'invoice', 'subscription', 'payment_intent'] })

describe('automatic tax in Checkout', () => {
  it('waits for the buyer’s address and then adds its line', async () => {
    await using opened = await open('payment')
    const { session, simulator } = opened
    expect(session).toMatchObject({ amount_total: 500, automatic_tax: { status: 'requires_location_inputs' } })
    simulator.core.payCheckoutSession(session.id, { email, card: germany })
    expect(await retrieve(opened, session.id)).toMatchObject({
      amount_subtotal: 500,
      amount_total: 595,
      automatic_tax: { enabled: true, status: 'complete' },
      total_details: { amount_tax: 95 },
      line_items: { data: [{ amount_tax: 95, amount_total: 595 }] },
      payment_intent: { amount_received: 595 },
    })
  })

  it('goes on with the subscription’s renewals', async () => {
    await using opened = await open('subscription')
    const { session, simulator, stripe } = opened
    simulator.core.payCheckoutSession(session.id, { email, card: germany })
    const done = await retrieve(opened, session.id)
    expect(done).toMatchObject({
      subscription: { automatic_tax: { enabled: true } },
      invoice: {
        status: 'paid',
        subtotal: 2000,
        total: 2380,
        total_excluding_tax: 2000,
        amount_paid: 2380,
        automatic_tax: { status: 'complete' },
        total_taxes: [{ amount: 380, taxable_amount: 2000, tax_behavior: 'exclusive' }],
      },
    })
    await simulator.clock.advance({ months: 1, hours: 2 })
    expect((await stripe.invoices.list()).data[0]).toMatchObject({ total: 2380, status: 'paid' })
  })

  it('comes off with a discount', async () => {
    await using opened = await openSimulator()
    const { pro } = await createCatalog(opened.stripe)
    const coupon = await opened.stripe.coupons.create({ percent_off: 50, duration: 'once' })
    const { id } = await opened.stripe.checkout.sessions.create({
      mode: 'subscription',
      success_url,
      line_items: [{ price: pro.id, quantity: 1 }],
      discounts: [{ coupon: coupon.id }],
      automatic_tax: { enabled: true },
    })
    opened.simulator.core.payCheckoutSession(id, { email, card: germany })
    expect(await retrieve(opened, id)).toMatchObject({
      amount_total: 1190,
      invoice: { total: 1190, amount_paid: 1190 },
    })
  })

  it('is in the price where the price says so', async () => {
    await using opened = await openSimulator()
    const price = await opened.stripe.prices.create({
      currency: 'eur',
      unit_amount: 1190,
      tax_behavior: 'inclusive',
      product_data: { name: 'Pack' },
    })
    const { id } = await opened.stripe.checkout.sessions.create({
      mode: 'payment',
      success_url,
      line_items: [{ price: price.id, quantity: 1 }],
      automatic_tax: { enabled: true },
    })
    opened.simulator.core.payCheckoutSession(id, { email, card: germany })
    expect(await retrieve(opened, id)).toMatchObject({ amount_total: 1190, total_details: { amount_tax: 190 } })
  })

  it('is nothing where none is collected', async () => {
    await using opened = await open('payment')
    const card = { ...visa, country: 'BR' }
    opened.simulator.core.payCheckoutSession(opened.session.id, { email, card })
    expect(await retrieve(opened, opened.session.id)).toMatchObject({ amount_total: 500, payment_status: 'paid' })
  })

  it('needs an address of a known customer, or leave to save one', async () => {
    await using opened = await openSimulator()
    const { pack } = await createCatalog(opened.stripe)
    const { id: customer } = await opened.stripe.customers.create({})
    const line_items = [{ price: pack.id, quantity: 1 }]
    const params = { mode: 'payment', success_url, line_items, customer, automatic_tax: { enabled: true } } as const
    const create = (more: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
      opened.stripe.checkout.sessions.create({ ...params, line_items, ...more })
    expect((await failure(create())).code).toBe('customer_tax_location_invalid')
    const { id } = await create({ customer_update: { address: 'auto' } })
    opened.simulator.core.payCheckoutSession(id, { email, card: germany })
    expect((await retrieve(opened, id)).amount_total).toBe(595)
    expect(await opened.stripe.customers.retrieve(customer)).toMatchObject({ address: { country: 'DE' } })
    expect((await create()).amount_total).toBe(595)
  })
})

describe('automatic tax on a subscription', () => {
  it('is refused while nobody knows where the customer is', async () => {
    await using opened = await openSimulator()
    const { pro } = await createCatalog(opened.stripe)
    const payer = await createPayer(opened.stripe)
    const taxed = { customer: payer.id, items: [{ price: pro.id }], automatic_tax: { enabled: true } }
    expect((await failure(opened.stripe.subscriptions.create(taxed))).code).toBe('customer_tax_location_invalid')
  })

  it.each([
    ['none', 2380],
    ['exempt', 2000],
    ['reverse', 2000],
  ] as const)('of a customer who is exempt: %s makes %i', async (tax_exempt, total) => {
    await using opened = await openSimulator()
    const { pro } = await createCatalog(opened.stripe)
    const payer = await createPayer(opened.stripe)
    await opened.stripe.customers.update(payer.id, { address: { country: 'DE' }, tax_exempt })
    const taxed = { customer: payer.id, items: [{ price: pro.id }], automatic_tax: { enabled: true } }
    const { latest_invoice } = await opened.stripe.subscriptions.create({ ...taxed, expand: ['latest_invoice'] })
    expect((latest_invoice as Stripe.Invoice).total).toBe(total)
  })
})

describe('a tax id', () => {
  const taxId = { type: 'eu_vat', value: 'DE123456789' }

  it('from Checkout stays with the customer and stands on the invoice', async () => {
    const collecting = { tax_id_collection: { enabled: true }, invoice_creation: { enabled: true } }
    await using opened = await open('payment', collecting)
    const { session, simulator, stripe } = opened
    simulator.core.payCheckoutSession(session.id, { email, card: germany, taxId })
    const done = await retrieve(opened, session.id)
    expect(done).toMatchObject({ customer_details: { tax_ids: [taxId] }, invoice: { customer_tax_ids: [taxId] } })
    expect((await stripe.customers.listTaxIds(String(done.customer))).data).toMatchObject([{ ...taxId, country: 'DE' }])
  })

  it('that is none is refused', async () => {
    await using opened = await openSimulator()
    const { id } = await opened.stripe.customers.create({})
    const wrong = opened.stripe.customers.createTaxId(id, { type: 'eu_vat', value: '12' })
    expect((await failure(wrong)).code).toBe('tax_id_invalid')
  })

  it('is collected of a known customer only with leave to change their name', async () => {
    await using opened = await openSimulator()
    const { pack } = await createCatalog(opened.stripe)
    const { id: customer } = await opened.stripe.customers.create({})
    const line_items = [{ price: pack.id, quantity: 1 }]
    const params = { mode: 'payment' as const, success_url, line_items, customer, tax_id_collection: { enabled: true } }
    const refused = opened.stripe.checkout.sessions.create(params)
    expect((await failure(refused)).param).toBe('customer_update[name]')
  })
})

describe('an invoice for a payment', () => {
  it('is made, numbered and paid with the session, with its own texts', async () => {
    const invoice_data = { footer: 'Thank you', custom_fields: [{ name: 'PO', value: '7' }], metadata: { a: '1' } }
    await using opened = await open('payment', { invoice_creation: { enabled: true, invoice_data } })
    const { session, simulator, stripe } = opened
    simulator.core.payCheckoutSession(session.id, { email, card: germany })
    const done = await retrieve(opened, session.id)
    expect(done.invoice).toMatchObject({
      ...invoice_data,
      status: 'paid',
      billing_reason: 'manual',
      amount_paid: 595,
      customer_email: email,
    })
    const intent = (done.payment_intent as Stripe.PaymentIntent).id
    const payment = { type: 'payment_intent' as const, payment_intent: intent }
    expect((await stripe.invoicePayments.list({ payment })).data).toHaveLength(1)
    const types = (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type)
    expect(types.indexOf('checkout.session.completed')).toBeLessThan(types.indexOf('invoice.paid'))
  })

  it('of a subscription carries the texts of its customer', async () => {
    await using opened = await openSimulator()
    const { pro } = await createCatalog(opened.stripe)
    const payer = await createPayer(opened.stripe)
    await opened.stripe.customers.update(payer.id, { invoice_settings: { footer: 'Thanks' } })
    const created = { customer: payer.id, items: [{ price: pro.id }], expand: ['latest_invoice'] }
    expect((await opened.stripe.subscriptions.create(created)).latest_invoice).toMatchObject({ footer: 'Thanks' })
  })

  it('and its charge carry the suffix of the statement', async () => {
    const payment_intent_data = { statement_descriptor_suffix: 'ASKWELL' }
    await using opened = await open('payment', { payment_intent_data })
    opened.simulator.core.payCheckoutSession(opened.session.id, { email, card: visa })
    const [charge] = (await opened.stripe.charges.list()).data
    expect(charge?.calculated_statement_descriptor).toBe('SIMULATED* ASKWELL')
  })
})

describe('a portal configuration', () => {
  it('shows its products only when they are expanded', async () => {
    await using opened = await openSimulator()
    const { product, pro } = await createCatalog(opened.stripe)
    const products = [{ product: product.id, prices: [pro.id] }]
    const { id, features } = await opened.stripe.billingPortal.configurations.create({
      features: { subscription_update: { enabled: true, default_allowed_updates: ['price'], products } },
    })
    expect(features.subscription_update).not.toHaveProperty('products')
    const expand = ['features.subscription_update.products']
    const shown = await opened.stripe.billingPortal.configurations.retrieve(id, { expand })
    expect(shown.features.subscription_update.products).toMatchObject(products)
    const all = await opened.stripe.billingPortal.configurations.list({ expand: [`data.${expand[0]}`] })
    expect(all.data[0]?.features.subscription_update.products).toMatchObject(products)
  })
})
