import { describe, expect, it } from 'vitest'
import { createBillingClient } from './billing-client.ts'
import { BillingClientError, isBillingClientError, isOutcomeOpen, isPassing } from './billing-client-error.ts'

type Answer = { status?: number; body?: unknown; text?: string }

const clientWith = (answer: Answer | Error) => {
  const requests: Request[] = []
  const fetch: typeof globalThis.fetch = async (target, init) => {
    requests.push(new Request(new URL(String(target), 'https://host.test'), init))
    if (answer instanceof Error) throw answer
    return new Response(answer.text ?? JSON.stringify(answer.body ?? {}), { status: answer.status ?? 200 })
  }
  return { client: createBillingClient({ baseUrl: '/billing/', fetch }), requests }
}

const problem = {
  type: 'about:blank',
  title: 'Payment required',
  status: 402,
  detail: 'No uses left.',
  instance: '/billing/purchases',
  code: 'insufficient_credits',
  requestId: 'req_1',
}

describe('the billing client', () => {
  it('asks the routes of the contract under the base URL', async () => {
    const { client, requests } = clientWith({ body: { plans: [] } })
    await client.listPlans()
    await client.getStatus({ sessionId: 'cs_1' })
    await client.getPurchase('pi/1')
    expect(requests.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET https://host.test/billing/plans',
      'GET https://host.test/billing/status?sessionId=cs_1',
      'GET https://host.test/billing/purchases/pi%2F1',
    ])
  })

  it('sends JSON and the given Idempotency-Key with a mutation, and the session’s cookies', async () => {
    const { client, requests } = clientWith({ body: { url: '/', sessionId: 'cs_1' } })
    await client.startCheckout({ packId: 'uses-20' }, { idempotencyKey: 'attempt-1' })
    const [request] = requests
    expect(request?.method).toBe('POST')
    expect(request?.credentials).toBe('same-origin')
    expect(request?.headers.get('content-type')).toBe('application/json')
    expect(request?.headers.get('idempotency-key')).toBe('attempt-1')
    expect(await request?.json()).toEqual({ packId: 'uses-20' })
  })

  it('makes a new key for each mutation that brings none', async () => {
    const { client, requests } = clientWith({ body: { url: '/' } })
    await client.openPortal({})
    await client.openPortal({})
    const keys = requests.map(({ headers }) => headers.get('idempotency-key'))
    expect(keys[0]).toMatch(/^[\da-f]{32}$/)
    expect(new Set(keys).size).toBe(2)
  })

  it('turns a problem document into an error with its code and the whole problem', async () => {
    const { client } = clientWith({ status: 402, body: problem })
    const error = await client.startPurchase({}).catch((reason: unknown) => reason)
    expect(isBillingClientError(error, 'insufficient_credits')).toBe(true)
    expect(isBillingClientError(error, 'forbidden')).toBe(false)
    expect(error).toMatchObject({ message: 'No uses left.', problem: { requestId: 'req_1' } })
  })

  it.each([
    ['a page of HTML', { text: '<h1>502</h1>', status: 502 }],
    ['a success without JSON', { text: 'ok' }],
    ['JSON of somebody else', { body: { message: 'nope' }, status: 500 }],
  ])('calls %s an unexpected answer', async (_, answer) => {
    const { client } = clientWith(answer)
    await expect(client.listPlans()).rejects.toMatchObject({ code: 'unexpected_answer', problem: null })
  })

  it('calls a broken connection unreachable, and keeps its cause', async () => {
    const cause = new TypeError('fetch failed')
    const { client } = clientWith(cause)
    await expect(client.listPlans()).rejects.toMatchObject({ code: 'unreachable', cause })
  })

  it('lets an abort through as what it is', async () => {
    const abort = new AbortController()
    const { client } = clientWith(new Error('aborted'))
    abort.abort()
    await expect(client.listPlans({ signal: abort.signal })).rejects.toThrow('aborted')
  })
})

describe('a failed request', () => {
  const errorWith = (code: BillingClientError['code']) => new BillingClientError({ code, message: code })

  it.each(['unreachable', 'provider_unavailable', 'store_unavailable', 'internal'] as const)('passes: %s', (code) => {
    expect(isPassing(errorWith(code))).toBe(true)
  })

  it.each(['forbidden', 'not_found', 'too_many_requests'] as const)('does not pass: %s', (code) => {
    expect(isPassing(errorWith(code))).toBe(false)
  })

  it('may have been done all the same when no answer came, or none that says so', () => {
    expect(isOutcomeOpen(errorWith('unreachable'))).toBe(true)
    expect(isOutcomeOpen(errorWith('request_in_progress'))).toBe(true)
    expect(isOutcomeOpen(errorWith('provider_unavailable'))).toBe(false)
    expect(isOutcomeOpen(new Error('something else'))).toBe(false)
  })
})
