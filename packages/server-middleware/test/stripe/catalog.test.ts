import { createStripeSimulator, type StripeSimulator } from '@paywright/stripe-simulator'
import { Stripe } from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { defineCatalog } from '../../src/domain/define-catalog.ts'
import { withPriceId } from '../../src/domain/override-catalog.ts'
import { stripeProvider } from '../../src/stripe/provider.ts'

const define = (changes: { growth?: object; legal?: object; labelling?: object } = {}) =>
  defineCatalog({
    currency: 'usd',
    freePlan: 'free',
    plans: {
      free: { name: 'Free' },
      starter: { name: 'Starter', month: 2900, year: 29000 },
      growth: { name: 'Growth', promise: 'For teams', month: 7900, year: 79000, ...changes.growth },
    },
    packs: {},
    legal: { termsUrl: 'https://app.example/terms', privacyUrl: 'https://app.example/privacy', ...changes.legal },
    labelling: { ...changes.labelling },
  })

const everything = [
  'product starter',
  'product growth',
  'price starter_monthly',
  'price starter_yearly',
  'price growth_monthly',
  'price growth_yearly',
  'portal configuration',
]

let simulator: StripeSimulator

beforeAll(async () => {
  simulator = await createStripeSimulator()
})

afterAll(() => simulator.close())

/** An empty account each time. */
const open = async () => {
  const { hostname: host, port } = new URL(simulator.url)
  const { secretKey, publishableKey, webhookSecret } = simulator.keys
  const keys = { secretKey, publishableKey, webhookSecrets: [webhookSecret] }
  return {
    provider: stripeProvider({ ...keys, apiBase: simulator.url }),
    stripe: new Stripe(secretKey, { host, port, protocol: 'http' }),
    [Symbol.asyncDispose]: async () => void simulator.reset(),
  }
}

type World = Awaited<ReturnType<typeof open>>

const push = async ({ provider }: World, catalog = define()) =>
  (await provider.pushCatalog(catalog)).map(({ object, name, change }) => `${change} ${object} ${name}`)

const check = async ({ provider }: World, catalog = define()) =>
  (await provider.checkCatalog(catalog)).map(({ object, name, change }) => `${change} ${object} ${name}`)

const priceOf = async ({ stripe }: World, key: string) =>
  (await stripe.prices.list({ lookup_keys: [key], active: true })).data[0]

const portalOf = async ({ stripe }: World) =>
  (await stripe.billingPortal.configurations.list({ expand: ['data.features.subscription_update.products'] })).data[0]

describe('a push to an empty account', () => {
  it('makes everything, in one go', async () => {
    await using world = await open()
    expect(await check(world)).toEqual(everything.map((name) => `missing ${name}`))
    expect(await push(world)).toEqual(everything.map((name) => `created ${name}`))
    expect(await check(world)).toEqual(everything.map((name) => `same ${name}`))
    expect(await push(world)).toEqual(everything.map((name) => `same ${name}`))
  })

  it('makes prices as the catalog says, each with its key', async () => {
    await using world = await open()
    await push(world)
    expect(await priceOf(world, 'growth_yearly')).toMatchObject({
      unit_amount: 79000,
      currency: 'usd',
      product: 'paywright_growth',
      recurring: { interval: 'year', interval_count: 1, usage_type: 'licensed' },
      metadata: { paywright_plan: 'growth', paywright_price_key: 'growth_yearly' },
    })
  })

  it('makes a portal where people cancel with a reason, switch plans, and find terms and privacy', async () => {
    await using world = await open()
    await push(world)
    const monthly = await priceOf(world, 'growth_monthly')
    const yearly = await priceOf(world, 'growth_yearly')
    const portal = await portalOf(world)
    expect(portal?.business_profile).toMatchObject({
      terms_of_service_url: 'https://app.example/terms',
      privacy_policy_url: 'https://app.example/privacy',
    })
    expect(portal?.features).toMatchObject({
      invoice_history: { enabled: true },
      payment_method_update: { enabled: true },
      subscription_cancel: {
        enabled: true,
        mode: 'at_period_end',
        cancellation_reason: { enabled: true, options: expect.arrayContaining(['too_expensive', 'missing_features']) },
      },
      subscription_update: {
        enabled: true,
        default_allowed_updates: ['price', 'promotion_code'],
        proration_behavior: 'always_invoice',
        products: expect.arrayContaining([
          expect.objectContaining({
            product: 'paywright_growth',
            prices: expect.arrayContaining([monthly?.id, yearly?.id]),
          }),
        ]),
      },
    })
  })
})

describe('a check', () => {
  it('changes nothing', async () => {
    await using world = await open()
    await check(world)
    expect((await world.stripe.products.list()).data).toEqual([])
    expect((await world.stripe.prices.list()).data).toEqual([])
    expect((await world.stripe.billingPortal.configurations.list()).data).toEqual([])
  })
})

describe('a new amount', () => {
  const dearer = define({ growth: { month: 8900 } })

  it('is a new price, which takes the key over and which the portal switches to', async () => {
    await using world = await open()
    await push(world)
    const old = await priceOf(world, 'growth_monthly')
    expect(await check(world, dearer)).toContain('differs price growth_monthly')
    expect((await push(world, dearer)).filter((line) => !line.startsWith('same'))).toEqual([
      'updated price growth_monthly',
      'updated portal configuration',
    ])
    const price = await priceOf(world, 'growth_monthly')
    expect(price).toMatchObject({ unit_amount: 8900 })
    expect(price?.id).not.toBe(old?.id)
    expect(await push(world, dearer)).toEqual(everything.map((name) => `same ${name}`))
  })

  it('leaves the old price to those who pay it, and their plan known', async () => {
    await using world = await open()
    await push(world)
    const old = await priceOf(world, 'growth_monthly')
    const customer = await world.stripe.customers.create({
      payment_method: 'pm_card_visa',
      invoice_settings: { default_payment_method: 'pm_card_visa' },
    })
    const subscription = await world.stripe.subscriptions.create({
      customer: customer.id,
      items: [{ price: old?.id ?? '' }],
    })
    await push(world, dearer)
    const snapshot = await world.provider.findSubscription(subscription.id)
    expect(snapshot?.items).toMatchObject([{ providerPriceId: old?.id, priceKey: 'growth_monthly', amountMinor: 7900 }])
  })
})

describe('other changes', () => {
  it('are made in place', async () => {
    await using world = await open()
    await push(world)
    const renamed = define({
      growth: { name: 'Growth plus', promise: '' },
      labelling: { statementDescriptor: 'ASKWELL' },
    })
    expect((await push(world, renamed)).filter((line) => line.startsWith('updated'))).toEqual([
      'updated product starter',
      'updated product growth',
    ])
    const product = await world.stripe.products.retrieve('paywright_growth')
    expect(product).toMatchObject({ name: 'Growth plus', description: null, statement_descriptor: 'ASKWELL' })
    expect(await push(world, renamed)).toEqual(everything.map((name) => `same ${name}`))
  })

  it('bring back what somebody archived or switched off', async () => {
    await using world = await open()
    await push(world)
    await world.stripe.products.update('paywright_growth', { active: false })
    const portal = await portalOf(world)
    await world.stripe.billingPortal.configurations.update(portal?.id ?? '', {
      features: { invoice_history: { enabled: false } },
    })
    expect((await push(world)).filter((line) => !line.startsWith('same'))).toEqual([
      'updated product growth',
      'updated portal configuration',
    ])
    expect(await check(world)).toEqual(everything.map((name) => `same ${name}`))
  })

  it('leave alone what the host has added to a product', async () => {
    await using world = await open()
    await push(world)
    await world.stripe.products.update('paywright_growth', { metadata: { team: 'sales' } })
    expect(await push(world)).toEqual(everything.map((name) => `same ${name}`))
  })
})

describe('a pinned price', () => {
  const pin = (providerPriceId: string) =>
    withPriceId(define(), { planId: 'growth', interval: 'month', providerPriceId })

  it('is compared, and never made or replaced', async () => {
    await using world = await open()
    const product = await world.stripe.products.create({ name: 'Made by hand' })
    const recurring = { interval: 'month' } as const
    const right = await world.stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 7900,
      recurring,
    })
    const wrong = await world.stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 7000,
      recurring,
    })
    expect(await push(world, pin(right.id))).toContain(`same price ${right.id}`)
    expect(await push(world, pin(wrong.id))).toContain(`differs price ${wrong.id}`)
    expect(await push(world, pin('price_gone'))).toContain('missing price price_gone')
    expect(await priceOf(world, 'growth_monthly')).toBeUndefined()
  })
})
