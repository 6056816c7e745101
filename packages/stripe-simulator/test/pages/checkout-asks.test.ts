import type Stripe from 'stripe'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openShop, type Shop } from './support/open-shop.ts'
import { good, look, send } from './support/visitor.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

const email = 'alice@example.com'

const begin = async (given: Partial<Stripe.Checkout.SessionCreateParams>) => {
  const session = await shop.stripe.checkout.sessions.create({
    mode: 'payment',
    success_url: `${shop.site}/thanks`,
    line_items: [{ price: shop.prices.pack, quantity: 1, adjustable_quantity: { enabled: true, maximum: 9 } }],
    expand: ['line_items'],
    ...given,
  })
  return {
    url: session.url ?? '',
    line: session.line_items?.data[0]?.id ?? '',
    rates: session.shipping_options.map(({ shipping_rate }) => String(shipping_rate)),
    now: () => shop.stripe.checkout.sessions.retrieve(session.id),
  }
}

const post = (display_name: string, amount: number) => ({
  shipping_rate_data: { display_name, fixed_amount: { amount, currency: 'usd' } },
})

const home = {
  'shipping-name': 'Alice',
  'shipping-country': 'US',
  'shipping-line1': '1 Way',
  'shipping-city': 'Here',
  'shipping-postal_code': '10001',
}

it('everything that a session asks is a field, and every lack is named beside it', async () => {
  const { url } = await begin({
    billing_address_collection: 'required',
    name_collection: { business: { enabled: true }, individual: { enabled: true, optional: true } },
    phone_number_collection: { enabled: true },
    shipping_address_collection: { allowed_countries: ['US', 'DE'] },
    custom_fields: [
      { key: 'note', label: { type: 'custom', custom: 'Gift note' }, type: 'text', text: { minimum_length: 3 } },
      {
        key: 'size',
        label: { type: 'custom', custom: 'Size' },
        type: 'dropdown',
        dropdown: { options: [{ label: 'Small', value: 's' }] },
      },
    ],
    custom_text: { submit: { message: 'Sent within two days.' }, shipping_address: { message: 'No PO boxes.' } },
  })
  const { text } = await look(url)
  for (const words of ['Gift note', 'Size', 'Small', 'Phone number', 'Business name', 'Your name (optional)']) {
    expect(text).toContain(words)
  }
  expect(text).toContain('Sent within two days.')
  expect(text).toContain('No PO boxes.')
  const { status, html } = await send(url, { email, ...good, 'custom-note': 'x' })
  expect(status).toBe(422)
  const named = [...html.matchAll(/id="([\w-]+)-problem"/g)].map(([, name]) => name)
  expect(named.sort()).toEqual([
    ...['billing-city', 'billing-line1', 'billing-name', 'businessName', 'custom-note', 'custom-size', 'phone'],
    ...['shipping-city', 'shipping-line1', 'shipping-name'],
  ])
})

it('what was said is the session’s in the end', async () => {
  const { url, rates, now } = await begin({
    phone_number_collection: { enabled: true },
    shipping_address_collection: { allowed_countries: ['US'] },
    shipping_options: [post('Standard', 0), post('Express', 1500)],
    custom_fields: [{ key: 'note', label: { type: 'custom', custom: 'Gift note' }, type: 'text' }],
    consent_collection: { promotions: 'auto' },
  })
  const said = { email, ...good, ...home, phone: '123', promotions: 'yes', 'custom-note': 'Hello' }
  expect((await send(url, { ...said, shippingRate: rates[1] ?? '' })).status).toBe(303)
  expect(await now()).toMatchObject({
    amount_total: 2000,
    collected_information: { shipping_details: { name: 'Alice', address: { line1: '1 Way', line2: null } } },
    consent: { promotions: 'opt_in' },
    custom_fields: [{ text: { value: 'Hello' } }],
    customer_details: { phone: '123' },
  })
})

it('another quantity, another delivery and something more change the total, and keep what was typed', async () => {
  const extra = await shop.stripe.prices.create({ currency: 'usd', unit_amount: 300, product_data: { name: 'Extra' } })
  const { url, line, rates } = await begin({
    shipping_options: [post('Standard', 0), post('Express', 1500)],
    optional_items: [{ price: extra.id, quantity: 1 }],
  })
  const changed = await send(`${url}/change`, { email, [`quantity-${line}`]: '3', shippingRate: rates[1] ?? '' })
  expect(changed.text).toContain('Shipping $15.00 Total due today $30.00')
  expect(changed.html).toContain(`value="${email}"`)
  expect((await send(`${url}/change`, { add: extra.id })).text).toContain('Total due today $33.00')
  expect((await send(`${url}/change`, { remove: extra.id })).text).toContain('Total due today $30.00')
})

it('a quantity out of bounds is refused', async () => {
  const { url, line, now } = await begin({})
  const { status, text } = await send(`${url}/change`, { [`quantity-${line}`]: '10' })
  expect([status, text.includes('The quantity has to be between')]).toEqual([400, true])
  expect((await now()).amount_total).toBe(500)
})

it('a saved card is chosen from the start, and another can be typed', async () => {
  const { id: customer } = await shop.stripe.customers.create({ email })
  const given = { customer, saved_payment_method_options: { payment_method_save: 'enabled' } } as const
  const first = await begin(given)
  expect((await look(first.url)).text).toContain('Save this card for the next time')
  await send(first.url, { ...good, savePaymentMethod: 'yes' })
  const second = await begin(given)
  expect((await look(second.url)).text).toContain('Visa ending in 4242')
  expect((await send(second.url, {})).status).toBe(303)
  const third = await begin(given)
  expect((await send(third.url, { saved: 'new' })).status).toBe(422)
  expect((await send(third.url, { saved: 'new', ...good })).status).toBe(303)
})

it('a business’s own colours are a stylesheet, and its button can be read', async () => {
  const { url } = await begin({ branding_settings: { button_color: '#ffcc00', border_style: 'pill' } })
  expect((await look(url)).html).toContain('/branding.css"')
  const { html } = await look(`${url}/branding.css`)
  expect(html).toContain('button.primary { color: #000000; background: #ffcc00; }')
})
