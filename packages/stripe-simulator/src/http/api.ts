import { setTimeout as sleep } from 'node:timers/promises'
import express, { type Router as ExpressRouter, type Request, type Response } from 'express'
import { automatic } from '../announcer.ts'
import { type FailureKind, notSimulated, StripeFailure } from '../domain/failure.ts'
import type { StripeObject } from '../domain/objects/base.ts'
import { render } from '../domain/render.ts'
import type { SpecDocument } from '../spec/document.ts'
import type { RequestValidator } from '../spec/request-validator.ts'
import { type Accounts, apiVersion, type World } from '../world.ts'
import { authenticate, authorize, type Keys, type Role, worldFor } from './authenticate.ts'
import { checkExpansion, expand } from './expand.ts'
import { refusalBefore, serverError } from './forced-failure.ts'
import type { IdempotencyKeys, KeyedRequest } from './idempotency.ts'
import { parseForm, parseJson } from './parse-input.ts'
import { type Match, type Router, unservedParameter } from './router.ts'

export interface ApiParts {
  readonly accounts: Accounts
  readonly spec: SpecDocument
  readonly router: Router
  readonly validate: RequestValidator
  readonly idempotency: IdempotencyKeys
  readonly keys: Keys
  /** Called before each request: what time brought about meanwhile. */
  readonly catchUp: () => void
  /** Called after each request that may have changed something. */
  readonly onChange: () => void
}

interface Prepared extends Match {
  /** The account that the request acts in. */
  readonly world: World
  readonly role: Role
  readonly input: Record<string, unknown>
  readonly body: string
}

interface Reply {
  readonly status: number
  readonly body: string
}

const bodyOf = (request: Request): string => (Buffer.isBuffer(request.body) ? request.body.toString('utf8') : '')

const inputOf = (request: Request, body: string): Record<string, unknown> => {
  const query = new URL(request.originalUrl, 'http://localhost').search
  if (request.method !== 'POST') return parseForm(query)
  return request.is('application/json') ? parseJson(body) : { ...parseForm(query), ...parseForm(body) }
}

const prepare = (parts: ApiParts, request: Request): Prepared => {
  const authorization = request.header('authorization')
  const role = authenticate(parts.keys, authorization)
  const world = worldFor(parts.accounts, { authorization, account: request.header('stripe-account') })
  const match = parts.router.match({ method: request.method, path: request.baseUrl + request.path })
  authorize(role, match.operation)
  const body = bodyOf(request)
  return { ...match, world, role, body, input: inputOf(request, body) }
}

const pathsOf = (input: Record<string, unknown>): string[] => (input.expand as string[] | undefined) ?? []

const check = (parts: ApiParts, { operation, input }: Prepared): void => {
  const route = parts.router.routeOf(operation)
  const failure = parts.validate(operation, input)
  if (failure) throw failure
  const unserved = unservedParameter(route, input)
  if (unserved !== undefined) throw notSimulated(`\`${unserved}\` on ${operation.key}`, unserved)
  checkExpansion({ spec: parts.spec, schema: operation.answer, paths: pathsOf(input) })
}

/** A declined payment leaves its traces; any other refusal leaves the world as it was. */
const isDecline = (cause: unknown): boolean => cause instanceof StripeFailure && cause.error.type === 'card_error'

const execute = (parts: ApiParts, prepared: Prepared, path: string): Reply => {
  const { keys, router } = parts
  const { world, operation, ids, input, role } = prepared
  const publishable = role === 'publishable'
  const key = publishable ? keys.publishableKey : keys.secretKey
  const call = { world, ids, path, input, key, publishable }
  const answer = world.atomically(() => router.routeOf(operation).run(call), isDecline)
  const rendered = render(answer as StripeObject)
  return { status: 200, body: JSON.stringify(expand(world, rendered, pathsOf(input)), null, 2) }
}

const refusal = (cause: unknown): Reply => {
  const failure =
    cause instanceof StripeFailure
      ? cause
      : new StripeFailure(500, { type: 'api_error', message: `The Stripe simulator failed: ${String(cause)}` })
  return { status: failure.status, body: JSON.stringify({ error: failure.error }, null, 2) }
}

const attempt = (work: () => Reply): Reply => {
  try {
    return work()
  } catch (cause) {
    return refusal(cause)
  }
}

const send = (response: Response, reply: Reply): void => {
  if (reply.status === 501) response.set('stripe-should-retry', 'false')
  response.status(reply.status).type('application/json').send(reply.body)
}

const replay = (response: Response, { status, body, requestId }: Reply & { requestId: string }): void => {
  response.set({ 'idempotent-replayed': 'true', 'original-request': requestId })
  send(response, { status, body })
}

interface Served {
  readonly prepared: Prepared
  readonly path: string
  readonly requestId: string
  readonly keyed: KeyedRequest | undefined
  readonly forced: FailureKind | undefined
}

const perform = async (parts: ApiParts, served: Served): Promise<Reply> => {
  const { prepared, path, requestId, keyed, forced } = served
  const { idempotency } = parts
  const { world } = prepared
  if (keyed) idempotency.begin(keyed)
  if (world.settings.latencyMs > 0) await sleep(world.settings.latencyMs)
  parts.catchUp()
  world.mark({ id: requestId, idempotency_key: keyed?.key ?? null })
  const reply = attempt(() => (forced === 'server_error' ? refusal(serverError()) : execute(parts, prepared, path)))
  world.mark(automatic)
  if (keyed) idempotency.end(keyed, { ...reply, requestId })
  return reply
}

const introduce = (response: Response, request: Request, requestId: string): string | undefined => {
  const key = request.method === 'POST' ? request.header('idempotency-key') : undefined
  response.set({ 'request-id': requestId, 'stripe-version': request.header('stripe-version') ?? apiVersion })
  if (key !== undefined) response.set('idempotency-key', key)
  return key
}

const refuseForced = (response: Response, forced: FailureKind | undefined): void => {
  const refused = refusalBefore(forced)
  if (forced === 'rate_limit') response.set('stripe-rate-limited-reason', 'global-rate')
  if (refused) throw refused
}

const answerUnlessLost = (response: Response, forced: FailureKind | undefined, answer: () => void): void => {
  if (forced === 'timeout') response.destroy()
  else answer()
}

const serve = async (parts: ApiParts, request: Request, response: Response): Promise<void> => {
  const { platform } = parts.accounts
  const requestId = platform.ids.next('req')
  const key = introduce(response, request, requestId)
  const path = request.baseUrl + request.path
  const prepared = prepare(parts, request)
  const { account } = prepared.world
  const keyed = key === undefined ? undefined : { key, account, path, body: prepared.body }
  const forced = platform.forcedFailures.shift()
  refuseForced(response, forced)
  const stored = keyed && parts.idempotency.replay(keyed)
  if (stored) {
    answerUnlessLost(response, forced, () => replay(response, stored))
    return
  }
  check(parts, prepared)
  const reply = await perform(parts, { prepared, path, requestId, keyed, forced })
  answerUnlessLost(response, forced, () => send(response, reply))
  if (request.method !== 'GET') parts.onChange()
}

/** Stripe's HTTP API, to be mounted at `/v1`. */
export const createApi = (parts: ApiParts): ExpressRouter => {
  const router = express.Router()
  router.use(express.raw({ type: () => true, limit: '5mb' }))
  router.use((request, response) =>
    serve(parts, request, response).catch((cause: unknown) => send(response, refusal(cause))),
  )
  return router
}
