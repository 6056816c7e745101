import Stripe from 'stripe'
import { describe, expect, it } from 'vitest'
import { createRateLimiter } from '../src/http/rate-limit.ts'
import { defaultSettings } from '../src/settings.ts'
import { failure } from './support/failure.ts'
import { openSimulator } from './support/open-simulator.ts'

describe('a rate limit', () => {
  const limiterOf = (rateLimit: typeof defaultSettings.rateLimit) => {
    const clock = { ms: 0 }
    const limiter = createRateLimiter({ ...defaultSettings, rateLimit }, () => clock.ms)
    const admit = (key: string) => limiter.admit({ key, search: key.endsWith('/search') })
    return { clock, admit, many: (count: number, key: string) => Array.from({ length: count }, () => admit(key)) }
  }

  it('is off unless it is asked for', () => {
    expect(new Set(limiterOf('off').many(1000, 'GET /v1/customers'))).toEqual(new Set([undefined]))
  })

  it('lets a sandbox make 25 requests a second, and goes on a second later', () => {
    const { clock, admit, many } = limiterOf('sandbox')
    expect(new Set(many(25, 'GET /v1/customers'))).toEqual(new Set([undefined]))
    expect(admit('GET /v1/prices')).toBe('global-rate')
    clock.ms = 999
    expect(admit('GET /v1/customers')).toBe('global-rate')
    clock.ms = 1000
    expect(admit('GET /v1/customers')).toBeUndefined()
  })

  it('counts each endpoint, and all searches together', () => {
    const { admit, many } = limiterOf({ perSecond: 100, perEndpointPerSecond: 3, searchesPerSecond: 2 })
    expect(many(4, 'GET /v1/customers')).toEqual([undefined, undefined, undefined, 'endpoint-rate'])
    expect(admit('POST /v1/customers')).toBeUndefined()
    expect([admit('GET /v1/customers/search'), admit('GET /v1/prices/search')]).toEqual([undefined, undefined])
    expect(admit('GET /v1/charges/search')).toBe('endpoint-rate')
  })

  it('answers 429 with its reason, and nothing is done or remembered', async () => {
    await using open = await openSimulator({ settings: { rateLimit: 'sandbox' } })
    const create = () => open.stripe.customers.create({}, { idempotencyKey: 'k' })
    const lists = await Promise.all(Array.from({ length: 25 }, () => open.stripe.customers.list()))
    expect(lists).toHaveLength(25)
    const refused = await failure(create())
    expect(refused).toBeInstanceOf(Stripe.errors.StripeRateLimitError)
    expect(refused).toMatchObject({ code: 'rate_limit', statusCode: 429 })
    expect(refused.headers?.['stripe-rate-limited-reason']).toBe('global-rate')
    expect(open.simulator.objects('customer')).toEqual([])
    await expect
      .poll(
        () =>
          create().then(
            ({ object }) => object,
            () => undefined,
          ),
        { timeout: 5000 },
      )
      .toBe('customer')
    expect(open.simulator.objects('customer')).toHaveLength(1)
  })
})
