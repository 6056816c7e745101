import type Stripe from 'stripe'

interface CallCheckout {
  readonly stripe: Stripe
  /** With the publishable key: what Stripe.js asks. */
  readonly browser: Stripe
  readonly price: string
}

/** Sessions of every way of showing them, with all that they ask; and how Stripe.js pays one in a page. */
export const callCheckoutModes = async ({ stripe, browser, price }: CallCheckout): Promise<void> => {
  const line_items = [{ price, quantity: 2, adjustable_quantity: { enabled: true, maximum: 5 }, metadata: { a: '1' } }]
  const { id: customer } = await stripe.customers.create({ email: 'ada@example.com' })
  const shipping_rate_data = { display_name: 'Post', fixed_amount: { amount: 300, currency: 'usd' } }
  await stripe.checkout.sessions.create({
    mode: 'payment',
    customer,
    success_url: 'https://example.com/thanks',
    line_items,
    adaptive_pricing: { enabled: false },
    after_expiration: { recovery: { enabled: true } },
    allowed_payment_method_types: ['card'],
    branding_settings: { button_color: '#ffcc00' },
    consent_collection: { promotions: 'auto' },
    custom_fields: [
      { key: 'note', label: { type: 'custom', custom: 'Note' }, type: 'text', optional: true },
      { key: 'count', label: { type: 'custom', custom: 'Count' }, type: 'numeric' },
      {
        key: 'size',
        label: { type: 'custom', custom: 'Size' },
        type: 'dropdown',
        dropdown: { options: [{ label: 'S', value: 's' }] },
      },
    ],
    custom_text: { submit: { message: 'Thank you.' } },
    name_collection: { business: { enabled: true }, individual: { enabled: true, optional: true } },
    optional_items: [{ price, quantity: 1 }],
    payment_intent_data: { capture_method: 'manual' },
    payment_method_options: { card: { request_three_d_secure: 'any' } },
    phone_number_collection: { enabled: true },
    saved_payment_method_options: { payment_method_save: 'enabled' },
    shipping_address_collection: { allowed_countries: ['US', 'DE'] },
    shipping_options: [{ shipping_rate_data }],
    expand: ['shipping_cost.shipping_rate', 'line_items'],
  })
  const embedded = await stripe.checkout.sessions.create({
    ui_mode: 'embedded_page',
    mode: 'payment',
    line_items,
    redirect_on_completion: 'never',
  })
  const address = { country: 'US', line1: '1 Way', city: 'Here', postal_code: '10001' }
  await stripe.checkout.sessions.update(embedded.id, {
    collected_information: { shipping_details: { name: 'Ada', address } },
    shipping_options: [{ shipping_rate_data }],
  })
  const session = await stripe.checkout.sessions.create({ ui_mode: 'elements', mode: 'payment', line_items })
  const secret = { client_secret: session.client_secret }
  const path = `/v1/payment_pages/${session.id}`
  await browser.rawRequest('GET', `${path}?client_secret=${session.client_secret}`)
  await browser.rawRequest('POST', path, {
    ...secret,
    email: 'ada@example.com',
    billing_address: { name: 'Ada', address },
  })
  const method = { type: 'card', card: { number: '4242424242424242', exp_month: 12, exp_year: 2034, cvc: '123' } }
  await browser.rawRequest('POST', `${path}/confirm`, { ...secret, payment_method_data: method })
}
