import { describe, expect, it } from 'vitest'
import { visa } from './support/catalog.ts'
import { type Create, email, openShop, post, return_url, success_url } from './support/checkout-shop.ts'
import { failure } from './support/failure.ts'

const address = { country: 'US', line1: '1 Way', line2: '', city: 'Here', postal_code: '10001', state: 'NY' }

describe('what a session is told, by the way it is shown', () => {
  it.each<[string, Create, string]>([
    ['a success page of an embedded page', { ui_mode: 'embedded_page', return_url, success_url }, 'success_url'],
    ['a way back from elements', { ui_mode: 'elements', cancel_url: success_url }, 'cancel_url'],
    ['a return URL of a hosted page', { return_url }, 'return_url'],
    ['no return URL of an embedded page', { ui_mode: 'embedded_page' }, 'return_url'],
    [
      'a return URL that is never used',
      { ui_mode: 'embedded_page', redirect_on_completion: 'never', return_url },
      'return_url',
    ],
    ['custom fields of elements', { ui_mode: 'elements', custom_text: { submit: { message: 'x' } } }, 'custom_text'],
    ['a redirect of elements', { ui_mode: 'elements', redirect_on_completion: 'never' }, 'redirect_on_completion'],
    ['six ways of delivery', { shipping_options: [1, 2, 3, 4, 5, 6].map(post) }, 'shipping_options'],
    [
      'delivery in another currency',
      {
        shipping_options: [
          { shipping_rate_data: { display_name: 'Post', fixed_amount: { amount: 1, currency: 'eur' } } },
        ],
      },
      'shipping_options',
    ],
    [
      'terms that the account does not have',
      { consent_collection: { terms_of_service: 'required' } },
      'consent_collection[terms_of_service]',
    ],
    [
      'a question asked twice',
      {
        custom_fields: [1, 2].map(() => ({
          key: 'a',
          label: { type: 'custom' as const, custom: 'A' },
          type: 'text' as const,
        })),
      },
      'custom_fields',
    ],
    ['no method at all', { excluded_payment_method_types: ['card'] }, 'excluded_payment_method_types'],
    ['a colour that is none', { branding_settings: { button_color: 'red' } }, 'branding_settings[button_color]'],
  ])('%s is refused', async (_what, given, param) => {
    const open = await openShop()
    await using _open = open
    const refused = await failure(open.create(given))
    expect([refused.statusCode, refused.param]).toEqual([400, param])
  })

  it.each<[string, Create, string]>([
    ['the form', { ui_mode: 'form' }, 'ui_mode'],
    ['adaptive pricing', { adaptive_pricing: { enabled: true } }, 'adaptive_pricing[enabled]'],
    [
      'installments',
      { payment_method_options: { card: { installments: { enabled: true } } } },
      'payment_method_options[card][installments]',
    ],
  ])('%s is not simulated, and says so', async (_what, given, param) => {
    const open = await openShop()
    await using _open = open
    const refused = await failure(open.create(given))
    expect([refused.statusCode, refused.param]).toEqual([501, param])
  })

  it('only a hosted page has a url, the others have a secret', async () => {
    const open = await openShop()
    await using _open = open
    const [hosted, embedded, elements] = [
      await open.create(),
      await open.create({ ui_mode: 'embedded_page', return_url }),
      await open.create({ ui_mode: 'elements' }),
    ]
    expect(hosted).toMatchObject({ client_secret: null, url: expect.stringContaining(hosted.id) })
    expect(embedded).toMatchObject({ redirect_on_completion: 'always', return_url, success_url: null, url: null })
    for (const { id, client_secret } of [embedded, elements])
      expect(client_secret).toMatch(new RegExp(`^${id}_secret_`))
  })
})

describe('what a session asks of its buyer', () => {
  const asking: Create = {
    phone_number_collection: { enabled: true },
    name_collection: { business: { enabled: true }, individual: { enabled: true, optional: true } },
    shipping_address_collection: { allowed_countries: ['US'] },
    shipping_options: [post(0), post(700)],
    custom_fields: [
      { key: 'size', label: { type: 'custom', custom: 'Size' }, type: 'numeric', numeric: { minimum_length: 2 } },
    ],
    consent_collection: { terms_of_service: 'required', promotions: 'auto' },
  }
  const settings = { termsOfServiceUrl: 'https://example.com/terms' }
  const said = {
    businessName: 'Engines Ltd',
    consent: { termsOfService: true },
    customFields: { size: '42' },
    phone: '+12025550123',
    shipping: { name: 'Ada', address },
  }

  it('has no terms to accept among elements: asking for them is refused in the open', async () => {
    await using open = await openShop({ settings })
    const ask = open.create({ ui_mode: 'elements', return_url, consent_collection: { terms_of_service: 'required' } })
    expect(await failure(ask)).toMatchObject({ statusCode: 501, param: 'consent_collection[terms_of_service]' })
  })

  it.each([
    ['phone', 'Please enter your phone number.'],
    ['businessName', 'Please enter your business name.'],
    ['shipping', 'Please enter your shipping address.'],
    ['consent', 'Please accept the terms of service.'],
    ['customFields', 'Answer “Size”.'],
  ])('is needed before they can pay: %s', async (left, message) => {
    const open = await openShop({ settings })
    await using _open = open
    const session = await open.create(asking)
    const { [left as keyof typeof said]: _left, ...rest } = said
    const pay = () => open.simulator.core.payCheckoutSession(session.id, { email, card: visa, ...rest })
    expect(pay).toThrow(message)
    expect(open.simulator.objects('payment_intent')).toEqual([])
  })

  it('is on the complete session, and with the payment', async () => {
    const open = await openShop({ settings })
    await using _open = open
    const session = await open.create(asking)
    const rate = session.shipping_options[1]?.shipping_rate as string
    open.simulator.core.payCheckoutSession(session.id, { email, card: visa, ...said, shippingRateId: rate })
    const complete = await open.stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] })
    expect(complete).toMatchObject({
      amount_subtotal: 500,
      amount_total: 1200,
      collected_information: {
        business_name: 'Engines Ltd',
        shipping_details: { name: 'Ada', address: { city: 'Here' } },
      },
      consent: { terms_of_service: 'accepted', promotions: 'opt_out' },
      custom_fields: [{ key: 'size', numeric: { value: '42' } }],
      customer_details: { phone: '+12025550123', business_name: 'Engines Ltd' },
      payment_intent: { amount: 1200, shipping: { name: 'Ada', phone: '+12025550123' } },
      shipping_cost: { amount_total: 700, shipping_rate: rate },
      total_details: { amount_shipping: 700 },
    })
  })

  it('goes nowhere that the session does not send to', async () => {
    const open = await openShop({ settings })
    await using _open = open
    const session = await open.create(asking)
    const shipping = { name: 'Ada', address: { ...address, country: 'DE' } }
    const pay = () => open.simulator.core.payCheckoutSession(session.id, { email, card: visa, ...said, shipping })
    expect(pay).toThrow('We do not ship to this country.')
  })
})
