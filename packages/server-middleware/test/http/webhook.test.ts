import { gzipSync } from 'node:zlib'
import express, { type Express, type Request, type RequestHandler } from 'express'
import { describe, expect, it } from 'vitest'
import type { HttpContext } from '../../src/http/context.ts'
import { createRouter } from '../../src/http/router.ts'
import { alice, type Host, openHost } from './host.ts'
import { expectProblem } from './problems.ts'

const keepsBytes: RequestHandler = express.json({
  verify: (req, _res, bytes) => {
    Object.assign(req, { rawBody: bytes })
  },
})

const keepsText: RequestHandler = (req: Request, res, next) => {
  express.text({ type: '*/*' })(req, res, () => {
    const text: unknown = req.body
    if (typeof text === 'string') Object.assign(req, { rawBody: text, body: JSON.parse(text) })
    next()
  })
}

const behind = (parser: RequestHandler) => (app: Express, context: HttpContext) => {
  app.use(parser)
  app.use('/billing', createRouter(context))
}

/** A purchase that is paid, and the event that says so. */
const paidPurchase = async (host: Host) => {
  const { body } = await host.call('POST /billing/purchases', { headers: alice, json: {} })
  const providerPaymentId = String(body.paymentId)
  host.provider.pays(providerPaymentId)
  return host.provider.announces('event_1', { type: 'payment.changed', providerPaymentId })
}

const creditsOf = async (host: Host) =>
  (await host.call('GET /billing/credits', { headers: alice })).body as { paid: number }

describe('a webhook is verified over its bytes', () => {
  it.each([
    ['in the stream', undefined],
    ['in req.rawBody', keepsBytes],
    ['in req.rawBody as a text', keepsText],
    ['in a body that express.raw() left', express.raw({ type: '*/*' })],
    ['in a body that express.text() left', express.text({ type: '*/*' })],
  ])('%s', async (_where, parser) => {
    await using host = await openHost({ bodyConsumed: 'refuse', ...(parser ? { mount: behind(parser) } : {}) })
    const delivery = await paidPurchase(host)
    const forged = { ...delivery, body: delivery.body.replace('event_1', 'event_2') }

    expectProblem(await host.call('POST /billing/webhook', forged), 400, 'webhook_signature_invalid')
    expect((await creditsOf(host)).paid).toBe(0)

    expect((await host.call('POST /billing/webhook', delivery)).body).toEqual({ received: true })
    expect((await creditsOf(host)).paid).toBe(20)
    const again = await host.call('POST /billing/webhook', delivery)
    expect([again.status, again.body]).toEqual([200, { received: true, duplicate: true }])
    expect((await creditsOf(host)).paid).toBe(20)
  })

  it('also when they come compressed, of whatever content type, from wherever', async () => {
    await using host = await openHost()
    const { body, headers } = await paidPurchase(host)
    const reply = await host.call('POST /billing/webhook', {
      body: gzipSync(body),
      headers: {
        ...headers,
        'content-encoding': 'gzip',
        'content-type': 'text/plain',
        origin: 'https://elsewhere.example',
      },
    })
    expect(reply.body).toEqual({ received: true })
  })
})

describe('a webhook', () => {
  it('of a type that means nothing is answered 200, ignored', async () => {
    await using host = await openHost()
    const reply = await host.call('POST /billing/webhook', host.provider.announces('event_1', null))
    expect([reply.status, reply.body]).toEqual([200, { received: true, ignored: true }])
  })

  it('goes to the provider of that name, and to no other', async () => {
    await using host = await openHost()
    const delivery = host.provider.announces('event_1', null)
    expect((await host.call('POST /billing/webhook/tiny', delivery)).status).toBe(200)
    expectProblem(await host.call('POST /billing/webhook/other', delivery), 404, 'unknown_provider')
  })

  it('that somebody else is working on is put off', async () => {
    await using host = await openHost()
    const delivery = host.provider.announces('event_1', null)
    const event = await host.provider.findEvent('event_1')
    if (!event) throw new Error('The provider has lost its event.')
    const now = new Date()
    await host.store.events.claim(
      { ...event, subject: 'payment:1' },
      { owner: 'other', now, until: new Date(now.getTime() + 60_000) },
    )
    const reply = await host.call('POST /billing/webhook', delivery)
    expectProblem(reply, 503, 'webhook_in_progress')
    expect(reply.headers.get('retry-after')).toBe('10')
  })

  it('may be up to 1 MB large', async () => {
    await using host = await openHost()
    const bytes = (size: number) => ({ body: 'x'.repeat(size) })
    expectProblem(await host.call('POST /billing/webhook', bytes(1_000_000)), 400, 'webhook_signature_invalid')
    expectProblem(await host.call('POST /billing/webhook', bytes(1_000_001)), 413, 'payload_too_large')
    const bomb = { body: gzipSync('x'.repeat(1_000_001)), headers: { 'content-encoding': 'gzip' } }
    expectProblem(await host.call('POST /billing/webhook', bomb), 413, 'payload_too_large')
    const broken = { body: 'no gzip', headers: { 'content-encoding': 'gzip' } }
    expectProblem(await host.call('POST /billing/webhook', broken), 400, 'invalid_request')
    const unknown = { body: 'x', headers: { 'content-encoding': 'br' } }
    expectProblem(await host.call('POST /billing/webhook', unknown), 415, 'unsupported_media_type')
  })
})

describe('when a body parser has eaten the bytes', () => {
  const mount = behind(express.json())

  it('the event is fetched by its id, believing nothing else of it', async () => {
    await using host = await openHost({ mount })
    const delivery = await paidPurchase(host)
    const reply = await host.call('POST /billing/webhook', {
      ...delivery,
      headers: { 'content-type': 'application/json' },
    })

    expect(reply.body).toEqual({ received: true })
    expect((await creditsOf(host)).paid).toBe(20)
    expect((await host.call('GET /billing/health')).body).toMatchObject({
      status: 'degraded',
      webhook: { bodyConsumed: 1 },
    })
    const line = host.logs.find(({ event }) => event === 'webhook_body_consumed')
    expect(line).toMatchObject({ level: 'warn', fields: { eventId: 'event_1', result: 'refetch' } })
    expect(line?.fields.cure).toContain("Move app.use('/billing', billing.router) above app.use(express.json())")
  })

  it.each([[{ id: 'event_unknown' }], [{ id: { $ne: '' } }], [{ id: '../events' }], [{}], [[]]])(
    'a body %j that the provider knows nothing of is refused',
    async (json) => {
      await using host = await openHost({ mount })
      expectProblem(await host.call('POST /billing/webhook', { json }), 400, 'webhook_signature_invalid')
    },
  )

  it('fetching is limited', async () => {
    await using host = await openHost({ mount, rateLimit: { windowSeconds: 60, limit: 1 } })
    const sent = Array.from({ length: 31 }, () => host.call('POST /billing/webhook', { json: { id: 'event_x' } }))
    const statuses = (await Promise.all(sent)).map(({ status }) => status)
    expect(statuses.filter((status) => status === 429)).toHaveLength(1)
  })

  it('it is refused where the host says so, with the line to move', async () => {
    await using host = await openHost({ mount, bodyConsumed: 'refuse' })
    const reply = await host.call('POST /billing/webhook', await paidPurchase(host))
    expectProblem(reply, 500, 'webhook_body_consumed')
    expect(reply.body.detail).toContain("Move app.use('/billing', billing.router) above app.use(express.json())")
    expect((await creditsOf(host)).paid).toBe(0)
  })
})
