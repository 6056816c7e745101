import { describe, expect, it } from 'vitest'
import { type OpenSimulator, openSimulator } from './support/open-simulator.ts'

interface Asked {
  readonly method?: string
  readonly body?: string | Uint8Array<ArrayBuffer>
  readonly type?: string
  readonly headers?: Record<string, string>
}

interface Refused {
  readonly status: number
  readonly error: { readonly type?: string; readonly code?: string; readonly message: string; readonly param?: string }
}

const ask = async ({ simulator }: OpenSimulator, path: string, asked: Asked = {}): Promise<Refused> => {
  const { method = 'POST', body, type = 'application/x-www-form-urlencoded', headers } = asked
  const authorization = `Bearer ${simulator.keys.secretKey}`
  const init = { method, headers: { authorization, 'content-type': type, ...headers } }
  const response = await fetch(`${simulator.url}${path}`, body === undefined ? init : { ...init, body })
  expect(response.headers.get('request-id')).toMatch(/^req_/)
  expect(response.headers.get('content-type')).toContain('application/json')
  return { status: response.status, ...((await response.json()) as Pick<Refused, 'error'>) }
}

const json = 'application/json'

describe('a request that cannot be read', () => {
  it('is too large', async () => {
    await using open = await openSimulator()
    const body = `description=${'x'.repeat(6 * 1024 * 1024)}`
    expect(await ask(open, '/v1/customers', { body })).toMatchObject({
      status: 413,
      error: { type: 'invalid_request_error' },
    })
  })

  it('claims an encoding that it has not', async () => {
    await using open = await openSimulator()
    const headers = { 'content-encoding': 'gzip' }
    expect(await ask(open, '/v1/customers', { body: 'name=Ada', headers })).toMatchObject({
      status: 400,
      error: { type: 'invalid_request_error' },
    })
  })

  it('is JSON for version 1, or a form for version 2', async () => {
    await using open = await openSimulator()
    const wrong = await ask(open, '/v1/customers', { body: '{"name":"Ada"}', type: json })
    expect(wrong.error.message).toContain('content type is application/x-www-form-urlencoded')
    const form = await ask(open, '/v2/billing/meter_events', { body: 'event_name=x' })
    expect(form.error.message).toContain('content type is application/json')
    expect((await open.stripe.customers.list()).data).toEqual([])
  })

  it.each(['{"event_name":', '[1]', 'null', '"text"', '7'])('is %s where a JSON object belongs', async (body) => {
    await using open = await openSimulator()
    const refused = await ask(open, '/v2/billing/meter_events', { body, type: json })
    expect(refused).toMatchObject({ status: 400, error: { code: 'invalid_fields' } })
    expect(refused.error).not.toHaveProperty('type')
  })

  it('has too many fields', async () => {
    await using open = await openSimulator()
    const body = Array.from({ length: 10_001 }, (_, n) => `a${n}=1`).join('&')
    expect((await ask(open, '/v1/customers', { body })).error.message).toContain('too many parameters')
  })
})

describe('a request for what is not there', () => {
  it.each([
    ['GET', '/v1/unicorns'],
    ['PUT', '/v1/customers'],
    ['PATCH', '/v1/customers/cus_1'],
    ['DELETE', '/v1/charges/ch_1'],
    ['GET', '/v1'],
    ['GET', '/v1/customers/%E0%A4%A'],
    ['GET', '/v2/core/unicorns'],
  ])('%s %s is 404', async (method, path) => {
    await using open = await openSimulator()
    const refused = await ask(open, path, { method })
    expect(refused.status).toBe(404)
    expect(refused.error.message).toContain('Unrecognized request URL')
  })

  it('because of a trailing slash is told so', async () => {
    await using open = await openSimulator()
    const { error } = await ask(open, '/v1/checkout/sessions/', { method: 'GET' })
    expect(error.message).toBe(
      'Unrecognized request URL (GET: /v1/checkout/sessions/). If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code. Please see https://stripe.com/docs or we can help at https://support.stripe.com/.',
    )
  })

  it('or for another version of the API is refused by name', async () => {
    await using open = await openSimulator()
    const versioned = (version: string) =>
      ask(open, '/v1/customers', { method: 'GET', headers: { 'stripe-version': version } })
    expect(await versioned('2024-06-20')).toMatchObject({ status: 501, error: { code: 'simulator_not_implemented' } })
    expect((await versioned('2024-06-20')).error.message).toContain('2024-06-20')
    expect(await versioned('latest')).toMatchObject({ status: 400, error: { type: 'invalid_request_error' } })
    expect((await versioned('2026-10-28.endive')).error).toBeUndefined()
  })
})

describe('strange names and shapes', () => {
  it.each([
    ['toString=1', 'toString'],
    ['constructor[name]=1', 'constructor'],
    ['hasOwnProperty=1', 'hasOwnProperty'],
    [`a${'[b]'.repeat(200)}=1`, 'a'],
    ['address[toString]=1', 'address[toString]'],
  ])('%s is an unknown parameter', async (body, param) => {
    await using open = await openSimulator()
    expect(await ask(open, '/v1/customers', { body })).toMatchObject({
      status: 400,
      error: { code: 'parameter_unknown', param },
    })
  })

  it.each(['name[0]=1', 'metadata=text', 'metadata[a][b]=1', 'address=7', 'expand=name', 'expand[a]=name'])(
    '%s has the wrong shape',
    async (body) => {
      await using open = await openSimulator()
      expect((await ask(open, '/v1/customers', { body })).status).toBe(400)
      expect((await open.stripe.customers.list()).data).toEqual([])
    },
  )

  it('are metadata as well as any other', async () => {
    await using open = await openSimulator()
    const metadata = { toString: '1', constructor: '2', 'a b': '3' }
    const { id } = await open.stripe.customers.create({ metadata })
    expect(Object.entries((await open.stripe.customers.retrieve(id)) as object)).toContainEqual(['metadata', metadata])
  })

  it('deep in a JSON body are refused', async () => {
    await using open = await openSimulator()
    const body = `${'{"a":'.repeat(2000)}1${'}'.repeat(2000)}`
    expect((await ask(open, '/v2/billing/meter_events', { body, type: json })).status).toBe(400)
    const proto = '{"__proto__":{"event_name":"x"},"event_name":"x","payload":{}}'
    expect((await ask(open, '/v2/billing/meter_events', { body: proto, type: json })).status).toBe(400)
  })
})
