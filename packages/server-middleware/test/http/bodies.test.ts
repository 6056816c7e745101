import { describe, expect, it } from 'vitest'
import { alice, type Call, openHost, service } from './host.ts'
import { expectProblem, fieldsOf, refuses } from './problems.ts'

const name = { oauthProvider: 'google', externalId: '1' }

/** One right request a route, and what is wrong about each field when it is `7`, `''` or left out. */
const bodies = [
  {
    route: 'POST /billing/accounts',
    who: service,
    right: { ...name, customerEmail: 'a@b.co', context: {}, initialBalanceMinor: 0, currency: 'usd', planName: 'free' },
    required: ['oauthProvider', 'externalId'],
  },
  {
    route: 'POST /billing/checkout',
    who: alice,
    right: { planId: 'growth', interval: 'year', quantity: 1, returnPath: '/a', promotionCode: 'WELCOME' },
    required: ['planId'],
  },
  {
    route: 'POST /billing/checkout',
    who: alice,
    right: { packId: 'uses20', quantity: 1, returnPath: '/a', promotionCode: 'WELCOME' },
    required: [],
  },
  {
    route: 'POST /billing/purchases',
    who: service,
    right: { ...name, customerEmail: 'a@b.co', context: {}, packId: 'uses20', quantity: 1 },
    required: ['oauthProvider', 'externalId'],
  },
  {
    route: 'POST /billing/credits/check',
    who: service,
    right: { ...name, customerEmail: 'a@b.co', context: {}, credits: 1, unit: 'uses' },
    required: ['oauthProvider', 'externalId'],
  },
  {
    route: 'POST /billing/credits/charges',
    who: service,
    right: {
      ...name,
      customerEmail: 'a@b.co',
      context: {},
      credits: 1,
      unit: 'uses',
      amountMinor: 25,
      currency: 'usd',
      description: 'a question',
      metadata: { agent: 'x' },
    },
    required: ['oauthProvider', 'externalId', 'description'],
  },
  { route: 'POST /billing/portal', who: alice, right: { returnPath: '/a', flow: 'subscription_cancel' }, required: [] },
] as const

const wrongValues = [null, true, [], -1, 1.5, 1e300, '', 'x'.repeat(5000), { a: { b: 1 } }, '\u0000']

/** Values of `wrongValues` that a field takes all the same. */
const acceptable: Readonly<Record<string, readonly unknown[]>> = {
  context: [{ a: { b: 1 } }],
  description: ['\u0000'],
}

const equal = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

describe.each(bodies)('$route refuses, writing nothing,', ({ route, who, right, required }) => {
  it('each required field that is missing, by its name', async () => {
    await using host = await openHost()
    for (const field of required) {
      const { [field as keyof typeof right]: _gone, ...json } = right as Record<string, unknown>
      const reply = await refuses(host, route, { headers: who, json })
      expectProblem(reply, 400, 'invalid_request')
      expect(fieldsOf(reply), field).toContain(field)
    }
  })

  it('each field of a wrong type or out of its bounds, by its name', async () => {
    await using host = await openHost()
    for (const field of Object.keys(right)) {
      for (const value of wrongValues.filter((each) => !acceptable[field]?.some((fine) => equal(fine, each)))) {
        const reply = await refuses(host, route, { headers: who, json: { ...right, [field]: value } })
        expectProblem(reply, 400, 'invalid_request')
        const paths = fieldsOf(reply)
        expect(
          paths.some((path) => path === field || path.startsWith(`${field}.`)),
          `${field}: ${paths}`,
        ).toBe(true)
      }
    }
  })

  it('all wrong fields at once', async () => {
    await using host = await openHost()
    const json = Object.fromEntries(Object.keys(right).map((field) => [field, []]))
    const reply = await refuses(host, route, { headers: who, json })
    expectProblem(reply, 400, 'invalid_request')
    expect(fieldsOf(reply).toSorted()).toEqual(Object.keys(right).toSorted())
  })

  it('a field that it does not know, and names that change prototypes', async () => {
    await using host = await openHost()
    const unknown = await refuses(host, route, { headers: who, json: { ...right, priceId: 'price_1' } })
    expectProblem(unknown, 400, 'invalid_request')
    expect(fieldsOf(unknown)).toEqual(['priceId'])

    for (const dangerous of ['__proto__', 'constructor', 'prototype']) {
      const body = `{"${dangerous}":{"polluted":true},${JSON.stringify(right).slice(1)}`
      const reply = await refuses(host, route, { headers: who, body })
      expectProblem(reply, 400, 'invalid_request')
      expect(fieldsOf(reply)).toEqual([dangerous])
    }
  })

  it('bodies that are no JSON object', async () => {
    await using host = await openHost()
    for (const body of ['{', '"text"', '[]', 'null', '7', '{"a":1}}', '\ufffe']) {
      expectProblem(await refuses(host, route, { headers: { ...alice, ...who }, body }), 400, 'invalid_request')
    }
    const notUtf8 = await refuses(host, route, { headers: who, body: new Uint8Array([123, 255, 125]) })
    expectProblem(notUtf8, 400, 'invalid_request')
  })

  it('bodies nested so deep that walking them would end the stack', async () => {
    await using host = await openHost()
    const body = `{"context":${'{"a":'.repeat(15_000)}1${'}'.repeat(15_000)}}`
    expectProblem(await refuses(host, route, { headers: who, body }), 400, 'invalid_request')
  })

  it('bodies over 100 kB, announced or not', async () => {
    await using host = await openHost()
    const body = JSON.stringify({ ...right, context: { text: 'x'.repeat(101_000) } })
    expectProblem(await refuses(host, route, { headers: who, body }), 413, 'payload_too_large')
    const call = { headers: who, body: new Blob([body]).stream(), duplex: 'half' } as Call
    expectProblem(await refuses(host, route, call), 413, 'payload_too_large')
  })

  it('other content types, and none', async () => {
    await using host = await openHost()
    const types = ['text/plain', 'application/x-www-form-urlencoded', 'application/json; charset=utf-16', '']
    for (const type of types) {
      const headers = { ...who, 'content-type': type }
      const reply = await refuses(host, route, { headers, body: JSON.stringify(right) })
      expectProblem(reply, 415, 'unsupported_media_type')
    }
  })

  it('requests from another site', async () => {
    await using host = await openHost()
    const signs = [
      { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
      { 'sec-fetch-site': 'cross-site' },
      { origin: 'https://evil.example' },
      { origin: 'null' },
    ]
    for (const sign of signs) {
      const reply = await refuses(host, route, { headers: { ...who, ...sign }, json: right })
      expectProblem(reply, 403, 'cross_site_request')
    }
  })

  it('a caller that nobody knows', async () => {
    await using host = await openHost()
    const reply = await refuses(host, route, { json: right })
    if (who === service) expectProblem(reply, 403, 'forbidden')
    else expectProblem(reply, 401, 'unauthenticated')
  })

  it('query parameters', async () => {
    await using host = await openHost()
    const reply = await refuses(host, `${route}?planId=growth`, { headers: who, json: right })
    expectProblem(reply, 400, 'invalid_request')
    expect(fieldsOf(reply)).toEqual(['planId'])
  })
})
