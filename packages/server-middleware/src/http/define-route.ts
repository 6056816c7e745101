import type { BillingErrorCode, NamedAccount, RouteName, RouteTypes } from '@paywright/contract'
import { routes } from '@paywright/contract'
import { z } from 'zod'
import type { Identity } from '../domain/account.ts'
import { type Answer, asReplay, jsonAnswer } from './answer.ts'
import { type Asker, findCaller, toIdentity } from './caller.ts'
import type { RouterContext } from './context.ts'
import type { Exchange } from './exchange.ts'
import { answerOnce, readKey } from './idempotency.ts'
import { readJson, requireJson } from './read-json.ts'
import { readQuery } from './read-query.ts'
import { requireSameSite } from './require-same-site.ts'
import { answerOf } from './respond.ts'
import { check, invalidRequest } from './validate.ts'

/** What a route's own code is handed: everything is checked, and somebody is there unless nobody has to be. */
export type Ask<Name extends RouteName = RouteName, Asks extends Asker = Asker> = Exchange & {
  context: RouterContext
  identity: Asks extends 'public' ? null : Asks extends 'optional-session' ? Identity | null : Identity
  query: RouteTypes[Name]['query']
  body: RouteTypes[Name]['body']
  /** The Idempotency-Key, for routes whose ledger keeps it for good. */
  key: string | null
}

/** How a route treats an Idempotency-Key: its answers are kept, or the ledger knows the key for good. */
type Keyed = 'answers' | 'ledger'

export type RouteInput<Name extends RouteName, Asks extends Asker> = {
  name: Name
  asks: Asks
  query?: z.ZodType<RouteTypes[Name]['query']>
  body?: z.ZodType<RouteTypes[Name]['body']>
  reply: z.ZodType<RouteTypes[Name]['response']>
  /** What may go wrong beyond what every route of its kind has. */
  problems?: readonly BillingErrorCode[]
  keyed?: Keyed
  /** It can create a payment: counted per account. */
  limited?: true
  status?: (reply: RouteTypes[Name]['response']) => number
  replayed?: (reply: RouteTypes[Name]['response']) => boolean
  run: (ask: Ask<Name, Asks>) => Promise<RouteTypes[Name]['response']>
}

/** A route as the router mounts it and the OpenAPI document describes it. */
export type Route = {
  name: RouteName
  asks: Asker
  query: z.ZodType
  body: z.ZodType | null
  reply: z.ZodType
  problems: readonly BillingErrorCode[]
  keyed: Keyed | null
  limited: boolean
  /** Its body is proved by the provider's signature, and read as bytes. */
  signed: boolean
  serve: (exchange: Exchange, context: RouterContext) => Promise<Answer>
}

const nothing = z.strictObject({})

/** A route: who may ask, what it takes and gives, and the code that *returns* the answer. */
export const defineRoute = <Name extends RouteName, Asks extends Asker>(input: RouteInput<Name, Asks>): Route => {
  const route = {
    name: input.name,
    asks: input.asks,
    query: input.query ?? nothing,
    body: input.body ?? null,
    reply: input.reply,
    problems: input.problems ?? [],
    keyed: input.keyed ?? null,
    limited: input.limited ?? false,
    signed: false,
  }
  const run = async (ask: Ask): Promise<Answer> => {
    const reply = await input.run(ask as Ask<Name, Asks>)
    const answer = jsonAnswer(reply, input.status?.(reply))
    return input.replayed?.(reply) ? asReplay(answer) : answer
  }
  return { ...route, serve: (exchange, context) => serve({ route, run, exchange, context }) }
}

type Serving = {
  route: Omit<Route, 'serve'>
  run: (ask: Ask) => Promise<Answer>
  exchange: Exchange
  context: RouterContext
}

/** The way of every request: read, who asks, is it right, was it answered before; then the route's own code. */
const serve = async ({ route, run, exchange, context }: Serving): Promise<Answer> => {
  const sent = await readRequest(route, exchange, context)
  const named = route.body ? sent.body : sent.query
  const caller = await findCaller(context, exchange.req, { asks: route.asks, named })
  const { query, body } = validated(route, sent)
  const identity =
    caller.kind === 'session' ? caller.identity : toIdentity((route.body ? body : query) as Partial<NamedAccount>)
  const key = route.keyed ? readKey(exchange.req) : null
  if (route.limited && identity) await context.paymentLimit(exchange, identity.accountId)
  const ask = { ...exchange, context, identity, query, body, key } as Ask
  if (key === null || identity === null || route.keyed === 'ledger') return run(ask)
  const request = { key, route: route.name, accountId: identity.accountId, content: [query, body] }
  return answerOnce(exchange.deps, request, () => answerOf(exchange, () => run(ask)))
}

type Sent = { query: unknown; body: unknown }

const readRequest = async (
  { name, body }: Omit<Route, 'serve'>,
  { req }: Exchange,
  context: RouterContext,
): Promise<Sent> => {
  const query = readQuery(req.url)
  if (routes[name].method === 'GET') return { query, body: undefined }
  requireJson(req)
  requireSameSite(req, context.trustedOrigins)
  return { query, body: body ? await readJson(req) : undefined }
}

const validated = (route: Omit<Route, 'serve'>, sent: Sent): Sent => {
  const query = check(route.query, sent.query)
  const body = route.body ? check(route.body, sent.body) : { fields: [], value: undefined }
  const fields = [...query.fields, ...body.fields]
  if (fields.length > 0) throw invalidRequest(fields)
  return { query: query.value, body: body.value }
}
