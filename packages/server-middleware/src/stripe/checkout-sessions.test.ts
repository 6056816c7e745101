import { describe, expect, it } from 'vitest'
import { type Answer, openAnsweringServer, type SeenRequest } from '../../test/answering-server.ts'
import { checkoutSession, paymentIntent } from '../../test/fixtures/stripe-objects.ts'
import { defineCatalog } from '../domain/define-catalog.ts'
import type { CheckoutInput, PaymentInput } from '../domain/provider-call.ts'
import { stripeProvider } from './provider.ts'
import type { StripeProviderOptions } from './settings.ts'

const catalog = defineCatalog({
  currency: 'usd',
  freePlan: 'team',
  plans: {
    team: {
      name: 'Team',
      month: [
        { kind: 'flat', amountMinor: 1000 },
        { kind: 'seat', amountMinor: 900 },
        { kind: 'metered', meter: 'questions', amountMinor: 2, providerPriceId: 'price_pinned' },
      ],
    },
  },
  packs: {},
})

const prices = [
  { id: 'price_flat', lookup_key: 'team_monthly' },
  { id: 'price_seat', lookup_key: 'team_monthly_seat' },
]

const promotionCodes = { object: 'list', data: [{ id: 'promo_1', code: 'SPRING' }] }

const answer = ({ path, method }: SeenRequest): Answer => {
  if (path.startsWith('/v1/prices')) return { body: { object: 'list', data: prices, has_more: false } }
  if (path.startsWith('/v1/promotion_codes')) return { body: promotionCodes }
  if (path.startsWith('/v1/payment_intents')) return { body: paymentIntent }
  return { body: method === 'POST' && path.startsWith('/v1/checkout') ? checkoutSession : {} }
}

const open = async (options: Partial<StripeProviderOptions> = {}, answers = answer) => {
  const server = await openAnsweringServer(answers)
  const keys = { secretKey: 'sk_test_1', publishableKey: 'pk_test_1', webhookSecrets: ['whsec_1'] }
  const sent = (path: string) => server.requests.filter((request) => request.path.startsWith(path))
  return {
    provider: stripeProvider({ ...keys, apiBase: server.url, ...options }),
    sent,
    /** What the last request to this path said. */
    params: (path: string) => Object.fromEntries(new URLSearchParams(sent(path).at(-1)?.body ?? '')),
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  }
}

const labels = { accountId: 'workspace1', purchaseId: 'p1', source: 'app', createdVia: 'paywright' }

const pack: CheckoutInput = {
  attemptId: 'attempt1',
  providerCustomerId: 'cus_1',
  successUrl: 'https://app.example/?session_id={CHECKOUT_SESSION_ID}',
  cancelUrl: 'https://app.example/',
  promotionCode: null,
  labels,
  labelling: {},
  order: { kind: 'purchase', name: '20 uses', quantity: 2, unitAmountMinor: 500, currency: 'usd' },
}

const items = catalog.plans.team.prices.month?.items ?? []
const plan: CheckoutInput = {
  ...pack,
  order: { kind: 'subscription', items, interval: 'month', quantity: 7, trialDays: 0 },
}

const labelling = {
  statementDescriptor: 'ASKWELL',
  invoiceFooter: 'Thank you',
  invoiceFields: [{ name: 'VAT', value: 'DE1' }],
}

const sessions = '/v1/checkout/sessions'

describe('a checkout', () => {
  it('says all that Stripe is to know, and nothing that endive no longer takes', async () => {
    await using world = await open()
    await world.provider.createCheckoutSession(pack)
    expect(world.params(sessions)).toEqual({
      ui_mode: 'hosted_page',
      mode: 'payment',
      customer: 'cus_1',
      client_reference_id: 'attempt1',
      success_url: pack.successUrl,
      cancel_url: pack.cancelUrl,
      billing_address_collection: 'auto',
      'customer_update[address]': 'auto',
      'customer_update[name]': 'auto',
      allow_promotion_codes: 'true',
      'metadata[accountId]': 'workspace1',
      'metadata[purchaseId]': 'p1',
      'metadata[source]': 'app',
      'metadata[createdVia]': 'paywright',
      'line_items[0][quantity]': '2',
      'line_items[0][price_data][currency]': 'usd',
      'line_items[0][price_data][unit_amount]': '500',
      'line_items[0][price_data][product_data][name]': '20 uses',
      'payment_intent_data[description]': '20 uses',
      'payment_intent_data[metadata][accountId]': 'workspace1',
      'payment_intent_data[metadata][purchaseId]': 'p1',
      'payment_intent_data[metadata][source]': 'app',
      'payment_intent_data[metadata][createdVia]': 'paywright',
    })
    expect(world.sent(sessions)[0]?.headers['idempotency-key']).toBe('checkout:attempt1')
  })

  it('sells every item of a plan: flat once, seats by number, usage without one', async () => {
    await using world = await open()
    await world.provider.createCheckoutSession(plan)
    const params = world.params(sessions)
    expect(Object.entries(params).filter(([name]) => name.startsWith('line_items'))).toEqual([
      ['line_items[0][price]', 'price_flat'],
      ['line_items[0][quantity]', '1'],
      ['line_items[1][price]', 'price_seat'],
      ['line_items[1][quantity]', '7'],
      ['line_items[2][price]', 'price_pinned'],
    ])
    expect(params).toMatchObject({ mode: 'subscription', 'subscription_data[metadata][accountId]': 'workspace1' })
    expect(params).not.toHaveProperty('subscription_data[trial_period_days]')
  })

  it("gives the plan's trial", async () => {
    await using world = await open()
    await world.provider.createCheckoutSession({
      ...plan,
      order: { ...plan.order, trialDays: 14 } as typeof plan.order,
    })
    expect(world.params(sessions)['subscription_data[trial_period_days]']).toBe('14')
  })

  it('applies a promotion code in place of the field for one', async () => {
    await using world = await open()
    await world.provider.createCheckoutSession({ ...pack, promotionCode: 'SPRING' })
    expect(world.params(sessions)).toMatchObject({ 'discounts[0][promotion_code]': 'promo_1' })
    expect(world.params(sessions)).not.toHaveProperty('allow_promotion_codes')
  })

  it('takes no promotion codes where the host takes none', async () => {
    await using world = await open({ promotionCodes: false })
    await world.provider.createCheckoutSession(pack)
    expect(world.params(sessions)).not.toHaveProperty('allow_promotion_codes')
    const refused = world.provider.createCheckoutSession({ ...pack, promotionCode: 'SPRING' })
    await expect(refused).rejects.toMatchObject({ code: 'promotion_code_invalid' })
  })

  it('says that a promotion code cannot be used for this order', async () => {
    const error = { type: 'invalid_request_error', param: 'discounts[0][promotion_code]', message: 'Their words' }
    await using world = await open({}, (request) =>
      request.path.startsWith(sessions) ? { status: 400, body: { error } } : answer(request),
    )
    const refused = world.provider.createCheckoutSession({ ...pack, promotionCode: 'SPRING' })
    await expect(refused).rejects.toMatchObject({ code: 'promotion_code_invalid' })
  })

  it('computes taxes and asks for tax ids once they are switched on', async () => {
    await using world = await open({ tax: true })
    await world.provider.createCheckoutSession(pack)
    expect(world.params(sessions)).toMatchObject({
      'automatic_tax[enabled]': 'true',
      'tax_id_collection[enabled]': 'true',
    })
  })

  it("labels a pack's statement and invoice", async () => {
    await using world = await open()
    await world.provider.createCheckoutSession({ ...pack, labelling })
    expect(world.params(sessions)).toMatchObject({
      'payment_intent_data[statement_descriptor_suffix]': 'ASKWELL',
      'invoice_creation[enabled]': 'true',
      'invoice_creation[invoice_data][footer]': 'Thank you',
      'invoice_creation[invoice_data][custom_fields][0][name]': 'VAT',
    })
  })

  it("labels a subscription's invoices through its customer", async () => {
    await using world = await open()
    await world.provider.createCheckoutSession({ ...plan, labelling })
    expect(world.params('/v1/customers/cus_1')).toEqual({
      'invoice_settings[footer]': 'Thank you',
      'invoice_settings[custom_fields][0][name]': 'VAT',
      'invoice_settings[custom_fields][0][value]': 'DE1',
    })
  })
})

describe('the prices of a plan', () => {
  it('are asked for once, in one request', async () => {
    await using world = await open()
    await world.provider.createCheckoutSession(plan)
    await world.provider.createCheckoutSession({ ...plan, attemptId: 'attempt2' })
    const asked = world.sent('/v1/prices').map(({ path }) => new URL(path, 'http://localhost').searchParams)
    expect(asked).toHaveLength(1)
    expect([...(asked[0] ?? [])]).toEqual([
      ['lookup_keys[0]', 'team_monthly'],
      ['lookup_keys[1]', 'team_monthly_seat'],
      ['limit', '100'],
      ['active', 'true'],
    ])
  })

  it('say which is missing and what to run, and are asked for again', async () => {
    await using world = await open({}, (request) =>
      request.path.startsWith('/v1/prices') ? { body: { object: 'list', data: prices.slice(0, 1) } } : answer(request),
    )
    const missing = () => world.provider.createCheckoutSession(plan)
    await expect(missing()).rejects.toThrow(/team_monthly_seat.*paywright catalog push/)
    await expect(missing()).rejects.toMatchObject({ code: 'misconfigured' })
    expect(world.sent('/v1/prices')).toHaveLength(2)
    expect(world.sent(sessions)).toHaveLength(0)
  })
})

describe('a payment in the page', () => {
  const payment: PaymentInput = {
    attemptId: 'attempt1',
    providerCustomerId: 'cus_1',
    amountMinor: 500,
    currency: 'usd',
    description: '20 uses',
    labels,
    labelling,
  }

  it('leaves the methods to Stripe, and mails no receipt of its own', async () => {
    await using world = await open()
    await world.provider.createPaymentIntent(payment)
    expect(world.params('/v1/payment_intents')).toEqual({
      amount: '500',
      currency: 'usd',
      customer: 'cus_1',
      description: '20 uses',
      'automatic_payment_methods[enabled]': 'true',
      statement_descriptor_suffix: 'ASKWELL',
      'metadata[accountId]': 'workspace1',
      'metadata[purchaseId]': 'p1',
      'metadata[source]': 'app',
      'metadata[createdVia]': 'paywright',
    })
    expect(world.sent('/v1/payment_intents')[0]?.headers['idempotency-key']).toBe('payment:attempt1')
  })
})
