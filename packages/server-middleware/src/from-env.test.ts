import { describe, expect, it } from 'vitest'
import { defineCatalog } from './domain/define-catalog.ts'
import { isBillingError } from './domain/errors.ts'
import type { Environment } from './environment.ts'
import { fromEnv } from './from-env.ts'

const catalog = defineCatalog({
  currency: 'usd',
  freePlan: 'free',
  freeUses: 3,
  plans: {
    free: { name: 'Free' },
    growth: { name: 'Growth', month: 7900, year: 79000 },
    'on-site': { name: 'On site', year: 1 },
  },
  packs: {
    uses20: { name: '20 uses', credits: 20, amountMinor: 500 },
    uses99: { name: '99 uses', credits: 99, amountMinor: 999 },
  },
})

const keys: Environment = {
  STRIPE_SECRET_KEY: 'sk_test_1',
  STRIPE_PUBLISHABLE_KEY: 'pk_test_1',
  STRIPE_WEBHOOK_SECRET: 'whsec_1',
}

const read = (env: Environment) => fromEnv({ catalog, env: { ...keys, ...env } })

const problemWith = (env: Environment): string => {
  try {
    read(env)
  } catch (error) {
    if (isBillingError(error, 'misconfigured')) return error.message
    throw error
  }
  return 'none'
}

describe('the provider', () => {
  it('is Stripe, unless another is asked for, which fails', () => {
    expect(read({}).provider).toMatchObject({ id: 'stripe', mode: 'test', publishableKey: 'pk_test_1' })
    expect(read({ PAYMENT_PROVIDER: 'stripe' }).provider.id).toBe('stripe')
    expect(problemWith({ PAYMENT_PROVIDER: 'paypal' })).toContain('PAYMENT_PROVIDER is paypal')
  })

  it('takes its key and its secrets under either name', () => {
    const env = {
      STRIPE_API_KEY: 'sk_live_1',
      STRIPE_PUBLISHABLE_KEY: 'pk_live_1',
      STRIPE_BILLING_WEBHOOK_SECRET: 'whsec_1, whsec_2',
    }
    expect(fromEnv({ catalog, env: { ...env, APP_URL: 'https://app.example' } }).provider.mode).toBe('live')
  })

  it('takes the secrets of an endpoint for connected accounts', () => {
    expect(read({ STRIPE_CONNECT_WEBHOOK_SECRET: 'whsec_2, whsec_3' }).provider.id).toBe('stripe')
    expect(problemWith({ STRIPE_CONNECT_WEBHOOK_SECRET: 'whsec_2,we_3' })).toContain('webhookSecrets')
  })

  it.each([
    ['STRIPE_SECRET_KEY', 'STRIPE_SECRET_KEY or STRIPE_API_KEY is missing', 'API keys'],
    ['STRIPE_PUBLISHABLE_KEY', 'STRIPE_PUBLISHABLE_KEY is missing', 'API keys'],
    ['STRIPE_WEBHOOK_SECRET', 'STRIPE_WEBHOOK_SECRET or STRIPE_BILLING_WEBHOOK_SECRET is missing', 'Webhooks'],
  ])('needs %s: what for, and where to find it', (name, problem, place) => {
    expect(problemWith({ [name]: undefined })).toContain(problem)
    expect(problemWith({ [name]: '  ' })).toContain(place)
  })

  it('refuses keys that are swapped, of two modes, or a second secret that is none', () => {
    expect(problemWith({ STRIPE_SECRET_KEY: 'pk_test_1' })).toContain('secretKey')
    expect(problemWith({ STRIPE_PUBLISHABLE_KEY: 'pk_live_1' })).toContain('publishableKey')
    expect(problemWith({ STRIPE_WEBHOOK_SECRET: 'whsec_1,we_2' })).toContain('webhookSecrets')
  })

  it('may live at another address', () => {
    expect(read({ STRIPE_API_BASE: 'http://localhost:12111' }).provider.id).toBe('stripe')
    expect(problemWith({ STRIPE_API_BASE: 'nowhere' })).toContain('apiBase')
  })
})

describe('the catalog', () => {
  it('stays as it is when nothing is said', () => {
    expect(read({}).catalog).toEqual(catalog)
  })

  it('takes the free uses and the first pack from the environment', () => {
    const env = { FREE_USES_PER_ACCOUNT: '0', PAID_USES_PER_PURCHASE: '50', PRICE_PER_PURCHASE_MINOR: '900' }
    const { units, packs } = read(env).catalog
    expect(units.uses.freeUses).toBe(0)
    expect(packs.uses20).toMatchObject({ credits: 50, amountMinor: 900 })
    expect(packs.uses99).toEqual(catalog.packs.uses99)
  })

  it.each([
    ['FREE_USES_PER_ACCOUNT', '-1'],
    ['FREE_USES_PER_ACCOUNT', 'three'],
    ['PAID_USES_PER_PURCHASE', '0'],
    ['PAID_USES_PER_PURCHASE', '1e3'],
    ['PRICE_PER_PURCHASE_MINOR', '4.99'],
    ['PRICE_PER_PURCHASE_MINOR', '49'],
  ])('refuses %s=%s', (name, value) => {
    expect(problemWith({ [name]: value })).toMatch(new RegExp(`^${name} .*whole number`))
  })

  it('has no pack to change where there is none', () => {
    const env = { ...keys, PAID_USES_PER_PURCHASE: '50' }
    expect(() => fromEnv({ catalog: { ...catalog, packs: {} }, env })).toThrow('the catalog has none')
  })

  it('pins prices to their ids', () => {
    const { plans } = read({ STRIPE_PRICE_GROWTH_MONTHLY: 'price_1', STRIPE_PRICE_ON_SITE_YEARLY: 'price_2' }).catalog
    expect(plans.growth.prices.month?.items[0]?.providerPriceId).toBe('price_1')
    expect(plans.growth.prices.year?.items[0]?.providerPriceId).toBeUndefined()
    expect(plans['on-site'].prices.year?.items[0]?.providerPriceId).toBe('price_2')
  })

  it('leaves a price alone whose variable is blank', () => {
    expect(read({ STRIPE_PRICE_GROWTH_MONTHLY: '' }).catalog).toEqual(catalog)
  })

  it('refuses a price that is not sold, and names those that are', () => {
    const sold = /STRIPE_PRICE_GROWTH_MONTHLY, STRIPE_PRICE_GROWTH_YEARLY, STRIPE_PRICE_ON_SITE_YEARLY/
    expect(problemWith({ STRIPE_PRICE_GROWHT_MONTHLY: 'price_1' })).toMatch(sold)
    expect(problemWith({ STRIPE_PRICE_ON_SITE_MONTHLY: 'price_1' })).toMatch(sold)
  })

  it('refuses the id of a product for the id of a price', () => {
    expect(problemWith({ STRIPE_PRICE_GROWTH_MONTHLY: 'prod_1' })).toContain('id of a price')
  })
})

describe('the trusted origin', () => {
  it('is where the app lives', () => {
    expect(read({ APP_URL: 'https://app.example/account?x=1' }).trustedOrigins).toEqual(['https://app.example'])
  })

  it('is localhost on a developer’s machine and must be said in production', () => {
    expect(read({}).trustedOrigins).toEqual(['http://localhost:3000'])
    expect(problemWith({ NODE_ENV: 'production' })).toContain('APP_URL is missing')
  })

  it('must be an address', () => {
    expect(problemWith({ APP_URL: 'app.example' })).toContain('APP_URL is not an address')
    expect(problemWith({ APP_URL: 'ftp://app.example' })).toContain('APP_URL is not an address')
  })
})
