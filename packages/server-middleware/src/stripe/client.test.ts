import { describe, expect, it } from 'vitest'
import { type Answer, openAnsweringServer, type SeenRequest } from '../../test/answering-server.ts'
import { isBillingError } from '../domain/errors.ts'
import type { LogFields, Logger } from '../ports/logger.ts'
import { stripeProvider } from './provider.ts'

const secretKey = 'sk_test_verysecret'
const labels = { accountId: 'workspace1', source: 'test', createdVia: 'paywright' }
const customer = { attemptId: 'ref1', email: 'ada@example.com', name: null, labels }
const header = { 'request-id': 'req_1' }

const open = async (answer: (request: SeenRequest) => Answer) => {
  const server = await openAnsweringServer(answer)
  const logs: { event: string; fields: LogFields }[] = []
  const log = (fields: LogFields, event: string): void => void logs.push({ event, fields })
  const logger: Logger = { info: log, warn: log, error: log }
  const provider = stripeProvider({
    secretKey,
    publishableKey: 'pk_test_1',
    webhookSecrets: ['whsec_verysecret'],
    apiBase: server.url,
    logger,
  })
  const close = () => server[Symbol.asyncDispose]()
  return { provider, logs, requests: server.requests, [Symbol.asyncDispose]: close }
}

const refusal = (status: number, error: object): Answer => ({ status, headers: header, body: { error } })

const failureOf = async (work: Promise<unknown>) => {
  const error = await work.then(
    () => null,
    (reason: unknown) => reason,
  )
  if (!isBillingError(error)) throw new Error('It did not fail with a BillingError.', { cause: error })
  return error
}

describe('what Stripe is asked with', () => {
  it('is the pinned API version, our name, and a key made of the attempt', async () => {
    await using world = await open(() => ({ body: { id: 'cus_1' } }))
    await world.provider.createCustomer(customer)
    const [request] = world.requests
    expect(request?.headers['stripe-version']).toBe('2026-10-28.endive')
    expect(request?.headers['user-agent']).toContain('paywright')
    expect(request?.headers['idempotency-key']).toMatch(/^customer:ref1:[\w-]{16}$/)
    expect(request?.body).toBe(
      'email=ada%40example.com&metadata[accountId]=workspace1&metadata[source]=test&metadata[createdVia]=paywright',
    )
  })

  it('is the same key again when a connection breaks', async () => {
    let calls = 0
    await using world = await open(() => {
      calls += 1
      return calls === 1 ? 'hang up' : { body: { id: 'cus_1' } }
    })
    await world.provider.createCustomer(customer)
    const keys = world.requests.map((request) => request.headers['idempotency-key'])
    expect(keys).toHaveLength(2)
    expect(new Set(keys).size).toBe(1)
  })

  it('is another key when the account has another e-mail, which Stripe would refuse under the first', async () => {
    await using world = await open(() => ({ body: { id: 'cus_1' } }))
    await world.provider.createCustomer(customer)
    await world.provider.createCustomer({ ...customer, email: 'lovelace@example.com' })
    expect(new Set(world.requests.map((request) => request.headers['idempotency-key'])).size).toBe(2)
  })

  it('carries no telemetry about the request before', async () => {
    await using world = await open(() => ({ headers: header, body: { id: 'cus_1' } }))
    await world.provider.createCustomer(customer)
    await world.provider.createCustomer({ ...customer, attemptId: 'ref2' })
    expect(world.requests[1]?.headers).not.toHaveProperty('x-stripe-client-telemetry')
  })
})

describe('what is logged', () => {
  it("is every request with Stripe's id of it", async () => {
    await using world = await open(() => ({ headers: header, body: { id: 'cus_1' } }))
    await world.provider.createCustomer(customer)
    expect(world.logs).toEqual([
      {
        event: 'stripe_request',
        fields: expect.objectContaining({
          providerRequestId: 'req_1',
          method: 'POST',
          path: '/v1/customers',
          status: 200,
        }),
      },
    ])
  })

  it('is why a request was refused, and never a secret', async () => {
    const message = `No such key: ${secretKey}`
    await using world = await open(() =>
      refusal(400, { type: 'invalid_request_error', code: 'parameter_invalid', param: 'email', message }),
    )
    await failureOf(world.provider.createCustomer(customer))
    expect(world.logs).toContainEqual({
      event: 'stripe_request_failed',
      fields: expect.objectContaining({
        errand: 'create the customer',
        code: 'parameter_invalid',
        param: 'email',
        status: 400,
        providerRequestId: 'req_1',
      }),
    })
    expect(JSON.stringify(world.logs)).not.toContain('verysecret')
  })
})

describe('what goes wrong', () => {
  it.each([
    [400, { type: 'invalid_request_error', message: 'Their words' }, 'provider_refused'],
    [402, { type: 'card_error', code: 'card_declined', message: 'Their words' }, 'provider_refused'],
    [401, { type: 'invalid_request_error', message: 'Their words' }, 'misconfigured'],
    [403, { type: 'invalid_request_error', message: 'Their words' }, 'misconfigured'],
    [429, { type: 'invalid_request_error', code: 'rate_limit', message: 'Their words' }, 'provider_unavailable'],
    [400, { type: 'idempotency_error', message: 'Their words' }, 'provider_refused'],
  ])('answers %i %o as %s', async (status, body, code) => {
    await using world = await open(() => refusal(status, body))
    const error = await failureOf(world.provider.createCustomer(customer))
    expect(error).toMatchObject({ code, providerRequestId: 'req_1' })
    expect(error.message).not.toContain('Their words')
  })

  it('is unavailable when Stripe fails, after two more tries', async () => {
    await using world = await open(() => refusal(500, { type: 'api_error', message: 'Their words' }))
    const error = await failureOf(world.provider.createCustomer(customer))
    expect(error).toMatchObject({ code: 'provider_unavailable', providerRequestId: 'req_1' })
    expect(world.requests).toHaveLength(3)
  })

  it('is unavailable when nobody answers', async () => {
    await using world = await open(() => 'hang up')
    expect(await failureOf(world.provider.createCustomer(customer))).toMatchObject({ code: 'provider_unavailable' })
  })

  it('is not there when Stripe says so, and only then', async () => {
    const missing = { type: 'invalid_request_error', code: 'resource_missing', param: 'intent' }
    await using world = await open(({ path }) => refusal(path.endsWith('pi_1') ? 404 : 400, missing))
    expect(await world.provider.findPaymentIntent('pi_1')).toBeNull()
    expect(await failureOf(world.provider.findPaymentIntent('pi_2'))).toMatchObject({ code: 'provider_refused' })
  })
})
