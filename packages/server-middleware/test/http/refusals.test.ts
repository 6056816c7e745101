import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { alice, openHost, service } from './host.ts'
import { expectProblem, fieldsOf, refuses } from './problems.ts'

const name = { oauthProvider: 'google', externalId: '1' }

describe('an account is named', () => {
  const naming = ['oauthProvider', 'externalId', 'customerEmail', 'context'] as const
  const routes = ['POST /billing/purchases', 'POST /billing/credits/check', 'POST /billing/credits/charges']

  it.each(routes)('by nobody on %s when the host has no authorizeService', async (route) => {
    await using host = await openHost({ authorizeService: null })
    for (const field of naming) {
      const reply = await refuses(host, route, { headers: { ...alice, ...service }, json: { [field]: 'x' } })
      expectProblem(reply, 403, 'forbidden')
    }
  })

  it.each(routes)('by both of its fields on %s', async (route) => {
    await using host = await openHost()
    const half = await refuses(host, route, { headers: service, json: { externalId: '1', description: 'x' } })
    expectProblem(half, 400, 'invalid_request')
    expect(fieldsOf(half)).toContain('oauthProvider')
  })

  it('in the query of a purchase that is read', async () => {
    await using host = await openHost()
    const json = { ...name, customerEmail: 'a@b.co' }
    const started = await host.call('POST /billing/purchases', { headers: service, json })
    const path = `GET /billing/purchases/${started.body.paymentId}`
    const query = '?oauthProvider=google&externalId=1'

    expect((await host.call(path + query, { headers: service })).body.paymentId).toBe(started.body.paymentId)
    expectProblem(await refuses(host, path + query, { headers: alice }), 403, 'forbidden')
    expectProblem(await refuses(host, `${path}?oauthProvider=google`, { headers: service }), 400, 'invalid_request')
    expectProblem(await refuses(host, path, { headers: alice }), 404, 'not_found')
    expectProblem(await refuses(host, path, {}), 401, 'unauthenticated')
  })

  it('with an e-mail address where a receipt needs one', async () => {
    await using host = await openHost()
    const reply = await host.call('POST /billing/purchases', { headers: service, json: name })
    expectProblem(reply, 400, 'email_required')
    expect(reply.body.detail).toContain('customerEmail')
    expect(host.provider.paymentCount()).toBe(0)
  })
})

describe('reading', () => {
  const reads = [
    'GET /billing/status',
    'GET /billing/credits',
    'GET /billing/credits/entries',
    'GET /billing/purchases/x',
  ]

  it.each(reads)('%s is for who is signed in', async (route) => {
    await using host = await openHost()
    expectProblem(await refuses(host, route, {}), 401, 'unauthenticated')
  })

  it.each([
    ['GET /billing/status?session_id=x', 'session_id'],
    ['GET /billing/status?sessionId=a&sessionId=b', 'sessionId'],
    ['GET /billing/status?sessionId=', 'sessionId'],
    ['GET /billing/credits?unit=coins', 'unit'],
    ['GET /billing/credits/entries?limit=0', 'limit'],
    ['GET /billing/credits/entries?limit=101', 'limit'],
    ['GET /billing/credits/entries?limit=1e1', 'limit'],
    ['GET /billing/credits/entries?cursor=nonsense', 'cursor'],
    ['GET /billing/credits/entries?__proto__=x', '__proto__'],
    ['GET /billing/credits/entries?filter[limit]=1', 'filter[limit]'],
  ])('%s is refused by the name of %s', async (route, field) => {
    await using host = await openHost()
    const reply = await refuses(host, route, { headers: alice })
    expectProblem(reply, 400, 'invalid_request')
    expect(fieldsOf(reply)).toEqual([field])
  })

  it('somebody else’s checkout is not found', async () => {
    await using host = await openHost()
    const { body } = await host.call('POST /billing/checkout', { headers: alice, json: { packId: 'uses20' } })
    const reply = await host.call(`GET /billing/status?sessionId=${body.sessionId}`, { headers: { 'x-user': 'bob' } })
    expectProblem(reply, 404, 'not_found')
  })
})

describe('paths and methods', () => {
  it('that are not there are problems, too', async () => {
    await using host = await openHost()
    expectProblem(await refuses(host, 'GET /billing/nothing', {}), 404, 'not_found')
    expectProblem(await refuses(host, 'GET /billing/purchases/%E0%A4%A', { headers: alice }), 400, 'invalid_request')
    const wrong = await refuses(host, 'DELETE /billing/credits', { headers: alice })
    expectProblem(wrong, 405, 'method_not_allowed')
    expect(wrong.headers.get('allow')).toBe('GET, HEAD')
    const asked = await host.call('OPTIONS /billing/purchases')
    expect([asked.status, asked.headers.get('allow')]).toEqual([204, 'POST'])
  })
})

describe('a caller who hangs up in the middle of a body', () => {
  it('is no failure of ours', async () => {
    await using host = await openHost()
    const { port, hostname } = new URL(host.url)
    const socket = connect(Number(port), hostname)
    const head = ['POST /billing/purchases HTTP/1.1', 'Host: x', 'Content-Type: application/json', 'Content-Length: 90']
    socket.write(`${head.join('\r\n')}\r\n\r\n{"quan`, () => socket.destroySoon())
    await expect.poll(() => host.logs.map(({ event }) => event)).toEqual(['request_refused'])
    expect(host.writes).toEqual([])
  })
})

describe('a body that is refused for its size', () => {
  it('does not block its connection', async () => {
    await using host = await openHost()
    using agent = Object.assign(new Agent({ keepAlive: true, maxSockets: 1 }), {
      [Symbol.dispose]: () => agent.destroy(),
    })
    const headers = { 'content-type': 'application/json', ...alice }
    const post = async (body: string): Promise<number | undefined> => {
      const sent = request(`${host.url}/billing/purchases`, { agent, method: 'POST', headers })
      sent.write(body)
      sent.end()
      const [reply] = (await once(sent, 'response')) as [IncomingMessage]
      await reply.resume().toArray()
      return reply.statusCode
    }
    expect(await post('x'.repeat(20_000_000))).toBe(413)
    expect(await post('{}')).toBe(200)
  })
})

describe('what goes wrong on our side', () => {
  it('is a 500 that says nothing, and a log line that says all under the same id', async () => {
    const identify = () => {
      throw new Error('password is hunter2')
    }
    await using host = await openHost({ identify })
    const reply = await host.call('GET /billing/status', { headers: { 'x-request-id': 'trace-7' } })
    expectProblem(reply, 500, 'internal')
    expect(reply.text).not.toContain('hunter2')
    expect(reply.body.requestId).toBe('trace-7')
    const line = host.logs.find(({ event }) => event === 'request_failed')
    expect(line?.fields).toMatchObject({ requestId: 'trace-7', code: 'internal', status: 500 })
    expect(String((line?.fields.error as Error | undefined)?.cause)).toContain('hunter2')
  })

  it('is named when identify gives no text for an account', async () => {
    const identify = () => ({ accountId: 7 }) as unknown as { accountId: string }
    await using host = await openHost({ identify })
    expectProblem(await refuses(host, 'GET /billing/status', {}), 500, 'misconfigured')
  })
})
