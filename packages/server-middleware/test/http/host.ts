import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type Express, type Request } from 'express'
import { createCoalescer } from '../../src/coalescer.ts'
import type { HttpContext } from '../../src/http/context.ts'
import { createRouter } from '../../src/http/router.ts'
import { memoryStore } from '../../src/memory/memory-store.ts'
import { createMetrics } from '../../src/metrics.ts'
import type { Clock } from '../../src/ports/clock.ts'
import type { LogFields } from '../../src/ports/logger.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { catalog } from '../journeys/catalog.ts'
import { type TinyProvider, tinyProvider } from '../tiny-provider.ts'
import { watchWrites } from './watch-writes.ts'

export type LogLine = { level: 'info' | 'warn' | 'error'; event: string; fields: LogFields }

export type Reply = { status: number; headers: Headers; text: string; body: Record<string, unknown> }

export type Call = {
  headers?: Record<string, string>
  json?: unknown
  body?: NonNullable<RequestInit['body']>
  method?: string
}

/** A host app, listening, that keeps everything in memory and takes money through the tiny provider. */
export type Host = AsyncDisposable & {
  url: string
  app: Express
  context: HttpContext
  provider: TinyProvider
  store: BillingStore
  /** The stores' writing methods that were called. */
  writes: readonly string[]
  logs: readonly LogLine[]
  /** `host.call('POST /billing/purchases', { json: {} })` */
  call(what: string, call?: Call): Promise<Reply>
}

export type HostOptions = Partial<Omit<HttpContext, 'deps'>> & {
  store?: BillingStore
  clock?: Clock
  /** Mounts the router otherwise than at /billing. */
  mount?: (app: Express, context: HttpContext) => void
  newApp?: () => Express
}

export const alice = { 'x-user': 'alice' }
export const service = { 'x-service-secret': 'secret' }

export const openHost = async ({ mount, newApp = express, ...options }: HostOptions = {}): Promise<Host> => {
  const provider = tinyProvider()
  const { store, writes } = watchWrites(options.store ?? memoryStore())
  const logs: LogLine[] = []
  const app = newApp()
  const server = createServer(app)
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const context = toContext({ url, provider, store, logs, options })
  if (mount) mount(app, context)
  else app.use('/billing', createRouter(context))
  return {
    url,
    app,
    context,
    provider,
    store,
    writes,
    logs,
    call: (what, call) => send(url, what, call),
    [Symbol.asyncDispose]: () => closeServer(server),
  }
}

const closeServer = async (server: Server): Promise<void> => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
}

type Parts = { url: string; provider: TinyProvider; store: BillingStore; logs: LogLine[]; options: HostOptions }

const toContext = ({ url, provider, store, logs, options }: Parts): HttpContext => {
  const { clock = systemClock, store: _store, ...decisions } = options
  const log = (level: LogLine['level']) => (fields: LogFields, event: string) =>
    void logs.push({ level, event, fields })
  const metrics = createMetrics()
  let ids = 0
  return {
    deps: {
      provider,
      store,
      clock,
      catalog,
      logger: { info: log('info'), warn: log('warn'), error: log('error') },
      listener: { hear: async () => {} },
      correspondence: null,
      metrics,
      coalesce: createCoalescer(),
      newId: () => `id-${++ids}`,
      policy: {
        graceDays: 14,
        locale: 'en-US',
        trustedOrigins: [url],
        defaultReturnPath: '/account',
        source: 'test',
        webhooks: 'inline',

        credits: { overdraft: 0, shortfall: 'debt' },
        lowAt: {},
      },
    },
    identify: (req: Request) => identityOf(req.get('x-user')),
    authorizeService: (req: Request) => req.get('x-service-secret') === 'secret',
    evidence: null,
    trustedOrigins: ['https://app.example.com'],
    rateLimit: false,
    bodyConsumed: 'refetch',
    counts: { bodyConsumed: 0 },
    exposition: metrics,
    ...decisions,
  }
}

const systemClock: Clock = { now: () => new Date(), after: () => () => {} }

const identityOf = (name: string | undefined) => (name ? { accountId: name, email: `${name}@example.com` } : null)

const send = async (url: string, what: string, { json, headers = {}, ...init }: Call = {}): Promise<Reply> => {
  const [method = 'GET', path = '/'] = what.split(' ')
  const unsafe = method === 'POST'
  const reply = await fetch(`${url}${path}`, {
    method,
    headers: { ...(unsafe ? { 'content-type': 'application/json' } : {}), ...headers },
    ...(json === undefined ? {} : { body: JSON.stringify(json) }),
    ...init,
  })
  const text = await reply.text()
  return { status: reply.status, headers: reply.headers, text, body: parse(text) }
}

const parse = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text) as Record<string, unknown>
  } catch {
    return {}
  }
}
