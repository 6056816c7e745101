import { setTimeout as sleep } from 'node:timers/promises'
import express, { type Router as ExpressRouter, type Request, type Response } from 'express'
import { automatic } from '../announcer.ts'
import { type FailureKind, notSimulated } from '../domain/failure.ts'
import { checkMetadata } from '../domain/metadata.ts'
import type { StripeObject } from '../domain/objects/base.ts'
import { render } from '../domain/render.ts'
import { apiVersion } from '../domain/versions.ts'
import type { SpecDocument } from '../spec/document.ts'
import type { KnownOperation } from '../spec/operations.ts'
import type { RequestValidator } from '../spec/request-validator.ts'
import type { Accounts, World } from '../world.ts'
import { authenticate, authorize, type Keys, type Role, worldFor } from './authenticate.ts'
import { checkExpansion, expand } from './expand.ts'
import { rateLimit, refusalBefore, serverError } from './forced-failure.ts'
import type { IdempotencyKeys, KeyedRequest } from './idempotency.ts'
import type { RateLimiter } from './rate-limit.ts'
import { checkVersion, pathOf, readBody, readRequest } from './read-request.ts'
import { isLater, type Reply, refusal, send } from './reply.ts'
import { type Match, type Router, unservedParameter } from './router.ts'
import { runCall } from './run-call.ts'

export interface ApiParts {
  readonly accounts: Accounts
  readonly spec: SpecDocument
  readonly router: Router
  readonly validate: RequestValidator
  readonly idempotency: IdempotencyKeys
  readonly keys: Keys
  readonly limiter: RateLimiter
  /** Called before each request: what time brought about meanwhile. */
  readonly catchUp: () => void
  /** Called after each request that may have changed something. */
  readonly onChange: () => void
}

interface Prepared extends Match {
  /** The account that the request acts in. */
  readonly world: World
  readonly role: Role
  readonly raw: string
  readonly input: Record<string, unknown>
}

const prepare = (parts: ApiParts, request: Request): Prepared => {
  const authorization = request.header('authorization')
  const role = authenticate(parts, authorization)
  const world = worldFor(parts.accounts, { authorization, account: request.header('stripe-account') })
  const match = parts.router.match({ method: request.method, path: pathOf(request) })
  authorize(role, match.operation)
  checkVersion(request.header('stripe-version'))
  return { ...match, world, role, ...readRequest(request) }
}

const pathsOf = (input: Record<string, unknown>): string[] => (input.expand as string[] | undefined) ?? []

const check = (parts: ApiParts, { operation, input }: Prepared): void => {
  const route = parts.router.routeOf(operation)
  const failure = parts.validate(operation, input)
  if (failure) throw failure
  checkMetadata(input)
  const unserved = unservedParameter(route, input)
  if (unserved !== undefined) throw notSimulated(`\`${unserved}\` on ${operation.key}`, unserved)
  checkExpansion({ spec: parts.spec, schema: operation.answer, paths: pathsOf(input) })
}

const execute = (parts: ApiParts, prepared: Prepared, path: string): Reply => {
  const { keys, router } = parts
  const { world, operation, ids, input, role } = prepared
  const publishable = role === 'publishable'
  const key = publishable ? keys.publishableKey : keys.secretKey
  const call = { world, ids, path, input, key, publishable }
  const answer = runCall(router.routeOf(operation), call, operation.method)
  const rendered = render(answer as StripeObject)
  return { status: 200, body: JSON.stringify(expand(world, rendered, pathsOf(input)), null, 2) }
}

const attempt = (path: string, work: () => Reply): Reply => {
  try {
    return work()
  } catch (cause) {
    return refusal(cause, path)
  }
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

/** Version 1 remembers whatever came of a request that began; version 2 does failed work again. */
const isKept = ({ status }: Reply, path: string): boolean => status < 400 || !isLater(path)

const perform = async (parts: ApiParts, served: Served): Promise<Reply> => {
  const { prepared, path, requestId, keyed, forced } = served
  const { idempotency } = parts
  const { world } = prepared
  if (keyed) idempotency.begin(keyed)
  if (world.settings.latencyMs > 0) await sleep(world.settings.latencyMs)
  parts.catchUp()
  world.mark({ id: requestId, idempotency_key: keyed?.key ?? null })
  const reply = attempt(path, () => {
    if (forced === 'server_error') throw serverError()
    return execute(parts, prepared, path)
  })
  world.mark(automatic)
  if (keyed) idempotency.end(keyed, isKept(reply, path) ? { ...reply, requestId } : undefined)
  return reply
}

const introduce = (response: Response, request: Request, requestId: string): string | undefined => {
  const key = request.method === 'POST' ? request.header('idempotency-key') : undefined
  response.set({ 'request-id': requestId, 'stripe-version': apiVersion })
  if (key !== undefined) response.set('idempotency-key', key)
  return key
}

const refuseTooMany = (parts: ApiParts, response: Response, { key }: KnownOperation): void => {
  const reason = parts.limiter.admit({ key, search: key.endsWith('/search') })
  if (reason === undefined) return
  response.set('stripe-rate-limited-reason', reason)
  throw rateLimit()
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
  const path = pathOf(request)
  await readBody(request, response)
  const prepared = prepare(parts, request)
  refuseTooMany(parts, response, prepared.operation)
  const { account } = prepared.world
  const keyed = key === undefined ? undefined : { key, account, path, body: prepared.raw }
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
  if (request.method === 'GET') return
  parts.onChange()
  setImmediate(parts.catchUp)
}

/** Stripe's HTTP API, to be mounted at `/v1`. */
export const createApi = (parts: ApiParts): ExpressRouter => {
  const router = express.Router()
  router.use((request, response) =>
    serve(parts, request, response).catch((cause: unknown) => send(response, refusal(cause, pathOf(request)))),
  )
  return router
}
