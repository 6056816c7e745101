import { describe, expect, it } from 'vitest'
import type { Identity } from '../../src/domain/account.ts'
import { BillingError } from '../../src/domain/errors.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import { alice, openHost, service } from './host.ts'
import { expectProblem } from './problems.ts'

const keyed = (key: string, headers: Record<string, string> = alice) => ({ ...headers, 'idempotency-key': key })

describe('an Idempotency-Key', () => {
  it('gives the first answer again, and says so', async () => {
    await using host = await openHost()
    const call = { headers: keyed('k1'), json: { packId: 'uses20', quantity: 2 } }
    const first = await host.call('POST /billing/purchases', call)
    host.provider.pays(String(first.body.paymentId))
    await host.call(`GET /billing/purchases/${first.body.paymentId}`, { headers: alice })

    const again = await host.call('POST /billing/purchases', call)

    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect([again.status, again.text]).toEqual([first.status, first.text])
    expect(host.provider.paymentCount()).toBe(1)
  })

  it('sees the same content in another order of fields, and with defaults written out', async () => {
    await using host = await openHost()
    const headers = keyed('k1')
    const first = await host.call('POST /billing/checkout', { headers, json: { planId: 'growth', returnPath: '/a' } })
    const json = { quantity: 1, returnPath: '/a', interval: 'month', planId: 'growth' }
    const again = await host.call('POST /billing/checkout', { headers, json })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.text).toBe(first.text)
  })

  it('is refused with another content', async () => {
    await using host = await openHost()
    const headers = keyed('k1')
    await host.call('POST /billing/purchases', { headers, json: { quantity: 1 } })
    const reply = await host.call('POST /billing/purchases', { headers, json: { quantity: 2 } })
    expectProblem(reply, 422, 'idempotency_conflict')
    expect(host.provider.paymentCount()).toBe(1)
  })

  it('belongs to one account and one route', async () => {
    await using host = await openHost()
    const json = { packId: 'uses20' }
    const replies = [
      await host.call('POST /billing/purchases', { headers: keyed('k1'), json }),
      await host.call('POST /billing/purchases', { headers: keyed('k1', { 'x-user': 'bob' }), json }),
      await host.call('POST /billing/checkout', { headers: keyed('k1'), json }),
    ]
    expect(replies.map((reply) => [reply.status, reply.headers.get('idempotent-replayed')])).toEqual(
      replies.map(() => [200, null]),
    )
  })

  it('of a request that is still running is refused until it ends', async () => {
    let release = () => {}
    const gate = new Promise<null>((resolve) => {
      release = () => resolve(null)
    })
    let asked = () => {}
    const running = new Promise<void>((resolve) => {
      asked = resolve
    })
    const evidence = () => {
      asked()
      return gate
    }
    await using host = await openHost({ evidence })
    const call = { headers: keyed('k1'), json: {} }

    const first = host.call('POST /billing/purchases', call)
    await running
    const meanwhile = await host.call('POST /billing/purchases', call)
    release()

    expectProblem(meanwhile, 409, 'request_in_progress')
    expect(meanwhile.headers.get('retry-after')).toBe('1')
    expect((await first).status).toBe(200)
    const after = await host.call('POST /billing/purchases', call)
    expect([after.text, after.headers.get('idempotent-replayed')]).toEqual([(await first).text, 'true'])
  })

  it.each([
    ['a failure of ours', new Error('the host’s evidence fails'), 'internal'],
    ['a collision', new BillingError('request_in_progress', 'Try again.'), 'request_in_progress'],
    [
      'a limit',
      new BillingError('too_many_requests', 'Wait.', { details: { retryAfterSeconds: 1 } }),
      'too_many_requests',
    ],
  ])('is free again after %s', async (_what, error, code) => {
    let broken = true
    const evidence = () => {
      if (broken) throw error
      return null
    }
    await using host = await openHost({ evidence })
    const call = { headers: keyed('k1'), json: {} }
    expect((await host.call('POST /billing/purchases', call)).body.code).toBe(code)
    broken = false
    const reply = await host.call('POST /billing/purchases', call)
    expect([reply.status, reply.headers.get('idempotent-replayed')]).toEqual([200, null])
  })

  it('keeps a refusal that would be the same again', async () => {
    await using host = await openHost()
    const call = { headers: keyed('k1'), json: { flow: 'subscription_cancel' } }
    const first = await host.call('POST /billing/portal', call)
    const again = await host.call('POST /billing/portal', call)
    expectProblem(first, 404, 'not_found')
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    expect(again.headers.get('content-type')).toBe(first.headers.get('content-type'))
    expect(again.text).toBe(first.text)
  })

  it.each([['x'.repeat(256)], ['tab\there'], ['caf\u00e9']])('%j is refused', async (key) => {
    await using host = await openHost()
    expectProblem(await host.call('POST /billing/purchases', { headers: keyed(key), json: {} }), 400, 'invalid_request')
    expect(host.provider.paymentCount()).toBe(0)
  })

  it('never lets the host’s ids into the request log', async () => {
    const store = memoryStore()
    const scopes: string[] = []
    const claim: typeof store.requests.claim = (request) => {
      scopes.push(request.scope)
      return store.requests.claim(request)
    }
    await using host = await openHost({ store: { ...store, requests: { ...store.requests, claim } } })
    await host.call('POST /billing/purchases', { headers: keyed('k1'), json: {} })
    expect(scopes).toHaveLength(1)
    expect(scopes[0]).not.toContain('alice')
  })
})

describe('a charge', () => {
  const json = { description: 'a question', metadata: { agent: 'x' }, amountMinor: 25 }

  it('with a key is charged once, for good', async () => {
    await using host = await openHost()
    const call = { headers: keyed('k1'), json }
    const first = await host.call('POST /billing/credits/charges', call)
    const again = await host.call('POST /billing/credits/charges', call)
    expect(first.body).toMatchObject({
      replayed: false,
      entry: { type: 'charge', credits: -1, amountMinor: 25, currency: 'usd', metadata: { agent: 'x' } },
      balance: { available: 2, free: 2, totalUses: 1 },
    })
    expect(again.body).toEqual({ ...first.body, replayed: true })
    expect(again.headers.get('idempotent-replayed')).toBe('true')
  })

  it('with a key of another charge is refused', async () => {
    await using host = await openHost()
    await host.call('POST /billing/credits/charges', { headers: keyed('k1'), json })
    const reply = await host.call('POST /billing/credits/charges', {
      headers: keyed('k1'),
      json: { ...json, credits: 2 },
    })
    expectProblem(reply, 422, 'idempotency_conflict')
  })

  it('that was refused for want of credits passes under the same key once there are some', async () => {
    await using host = await openHost()
    const call = { headers: keyed('k1'), json: { ...json, credits: 4 } }
    const refused = await host.call('POST /billing/credits/charges', call)
    const { body } = await host.call('POST /billing/purchases', { headers: alice, json: {} })
    host.provider.pays(String(body.paymentId))
    await host.call(`GET /billing/purchases/${body.paymentId}`, { headers: alice })

    const passed = await host.call('POST /billing/credits/charges', call)

    expectProblem(refused, 402, 'insufficient_credits')
    expect(refused.body.details).toEqual({
      unit: 'uses',
      creditsNeeded: 4,
      creditsAvailable: 3,
      packs: [
        {
          id: 'uses20',
          name: '20 uses',
          unit: 'uses',
          scale: 1,
          usesPurchased: 20,
          price: { amountMinor: 500, currency: 'usd', divisor: 100, formatted: '$5.00' },
        },
      ],
    })
    expect(passed.body.balance).toMatchObject({ available: 19, free: 0, paid: 19 })
  })

  it('without a key is charged each time', async () => {
    await using host = await openHost()
    await host.call('POST /billing/credits/charges', { headers: alice, json })
    const { body } = await host.call('POST /billing/credits/charges', { headers: alice, json })
    expect(body.balance).toMatchObject({ available: 1 })
  })
})

describe('a rate limit', () => {
  const limited = { rateLimit: { windowSeconds: 60, limit: 2 } }

  it('stops an account that starts payment after payment, and nobody else', async () => {
    await using host = await openHost(limited)
    const buy = (headers: Record<string, string>) => host.call('POST /billing/purchases', { headers, json: {} })
    const first = await buy(alice)
    await host.call('POST /billing/checkout', { headers: alice, json: { packId: 'uses20' } })
    const third = await buy(alice)

    expect(first.headers.get('ratelimit')).toMatch(/^"payments"; r=1; t=\d+/)
    expect(first.headers.get('ratelimit-policy')).toMatch(/^"payments"; q=2; w=60/)
    expectProblem(third, 429, 'too_many_requests')
    expect(Number(third.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(third.body.details).toEqual({ retryAfterSeconds: Number(third.headers.get('retry-after')) })
    expect((await buy({ 'x-user': 'bob' })).status).toBe(200)
    expect((await host.call('GET /billing/status', { headers: alice })).status).toBe(200)
  })

  it('counts the accounts that a service names one by one', async () => {
    await using host = await openHost(limited)
    const buy = (externalId: string) => {
      const json = { oauthProvider: 'google', externalId, customerEmail: 'a@b.co' }
      return host.call('POST /billing/purchases', { headers: service, json })
    }
    const statuses = [await buy('1'), await buy('1'), await buy('1'), await buy('2')].map(({ status }) => status)
    expect(statuses).toEqual([200, 200, 429, 200])
  })

  it('does not count bad requests', async () => {
    await using host = await openHost(limited)
    const bad = { headers: alice, json: { quantity: 0 } }
    for (let sent = 0; sent < 3; sent += 1) await host.call('POST /billing/purchases', bad)
    expect((await host.call('POST /billing/purchases', { headers: alice, json: {} })).status).toBe(200)
  })
})

describe('evidence', () => {
  it('is asked of the host and kept with the purchase', async () => {
    const evidence = { termsVersion: '2026-11', ip: '203.0.113.7' }
    const identify = (): Identity => ({ accountId: 'alice', userId: 'u1', email: 'alice@example.com' })
    await using host = await openHost({ evidence: () => evidence, identify })
    const { body } = await host.call('POST /billing/purchases', { json: {} })
    const purchase = await host.store.purchases.findByPayment(String(body.paymentId))
    expect(purchase).toMatchObject({ evidence, userId: 'u1' })
  })
})
