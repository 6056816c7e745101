import express, { type Express } from 'express'
import express4 from 'express-4'
import { describe, expect, it } from 'vitest'
import type { HttpContext } from '../../src/http/context.ts'
import { createRouter, createRouterWith } from '../../src/http/router.ts'
import { alice, type Host, openHost } from './host.ts'

const express4Router = (context: HttpContext) => createRouterWith(express4.Router, context)

const hosts = [
  { version: 'Express 5', newApp: express, newRouter: createRouter },
  { version: 'Express 4', newApp: express4, newRouter: express4Router },
]

const buys = async (host: Host, path: string): Promise<void> => {
  const { status, body } = await host.call(`POST ${path}/purchases`, { headers: alice, json: { quantity: 2 } })
  expect([status, body.usesPurchased]).toEqual([200, 40])
  const read = await host.call(`GET ${path}/purchases/${body.paymentId}`, { headers: alice })
  expect(read.body).toMatchObject({ paymentId: body.paymentId, status: 'requires_payment_method' })
  const entries = await host.call(`GET ${path}/credits/entries?limit=1`, { headers: alice })
  expect(entries.body).toEqual({ items: [], nextCursor: null })
}

const delivers = async (host: Host, path: string, id: string): Promise<void> => {
  const { body, headers } = host.provider.announces(id, null)
  expect((await host.call(`POST ${path}/webhook`, { body, headers })).body).toEqual({ received: true, ignored: true })
}

describe.each(hosts)('on $version the router works', ({ newApp, newRouter }) => {
  it('before a body parser', async () => {
    const mount = (app: Express, context: HttpContext) => {
      app.use('/billing', newRouter(context))
      app.use(express.json())
      app.post('/other', (req, res) => void res.json(req.body))
    }
    await using host = await openHost({ newApp, mount })
    await buys(host, '/billing')
    await delivers(host, '/billing', 'event_1')
    expect((await host.call('POST /other', { json: { still: 'parsed' } })).body).toEqual({ still: 'parsed' })
  })

  it.each([
    ['express.json()', () => express.json()],
    ["Express 4's express.json()", () => express4.json()],
    ['express.raw()', () => express.raw({ type: '*/*' })],
    ['express.text()', () => express.text({ type: '*/*' })],
    ['a parser for other types', () => express.urlencoded({ extended: true })],
  ])('after %s', async (_name, parser) => {
    const mount = (app: Express, context: HttpContext) => {
      app.use(parser())
      app.use('/billing', newRouter(context))
    }
    await using host = await openHost({ newApp, mount })
    await buys(host, '/billing')
    await delivers(host, '/billing', 'event_1')
    const empty = await host.call('POST /billing/purchases', { headers: { 'x-user': 'bob' } })
    expect(empty.body).toMatchObject({ packId: 'uses20', quantity: 1 })
  })

  it('at any path, on a router of the host, and at the root', async () => {
    const mount = (app: Express, context: HttpContext) => {
      const api = newApp.Router()
      app.use('/api/v1', api.use('/money', newRouter(context)))
      app.use(newRouter(context))
      app.get('/other', (_req, res) => void res.send('the host’s'))
    }
    await using host = await openHost({ newApp, mount })
    await buys(host, '/api/v1/money')
    await buys(host, '')
    expect((await host.call('GET /other')).text).toBe('the host’s')
    expect((await host.call('GET /api/v1/money/nothing')).body.instance).toBe('/api/v1/money/nothing')
  })

  it('with a query parser of the host’s own, or none', async () => {
    const mount = (app: Express, context: HttpContext) => {
      app.set('query parser', false)
      app.use('/billing', newRouter(context))
    }
    await using host = await openHost({ newApp, mount })
    const reply = await host.call('GET /billing/credits/entries?limit=nonsense', { headers: alice })
    expect(reply.status).toBe(400)
  })

  it('twice in one process, each with accounts of its own', async () => {
    await using other = await openHost({ newApp, mount: (app, context) => void app.use('/eu', newRouter(context)) })
    const mount = (app: Express, context: HttpContext) => {
      app.use('/us', newRouter(context))
      app.use('/eu', newRouter(other.context))
    }
    await using host = await openHost({ newApp, mount })
    const json = { description: 'a question' }
    await host.call('POST /us/credits/charges', { headers: alice, json })
    const balance = async (path: string) => (await host.call(`GET ${path}/credits`, { headers: alice })).body.available
    expect([await balance('/us'), await balance('/eu')]).toEqual([2, 3])
  })
})
