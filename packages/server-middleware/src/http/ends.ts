import type { RequestHandler, Router } from 'express'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import { type Answer, withHeaders } from './answer.ts'
import { toProblemAnswer } from './error-handler.ts'
import { type Exchange, startExchange } from './exchange.ts'
import { respond } from './respond.ts'

/** A request handler that answers with what the work gives. */
export const answering = (deps: Deps, work: (exchange: Exchange) => Promise<Answer>): RequestHandler =>
  async function answerRequest(req, res) {
    const exchange = startExchange(deps, req, res)
    await respond(exchange, () => work(exchange))
  }

/** Other methods on the paths that are served are problems that say which are possible. */
export const refuseOtherMethods = (
  router: Router,
  deps: Deps,
  methods: ReadonlyMap<string, readonly string[]>,
): void => {
  for (const [path, allowed] of methods) router.all(path, refuseMethod(deps, allowed.join(', ')))
}

const refuseMethod = (deps: Deps, allow: string): RequestHandler =>
  answering(deps, async (exchange) => {
    const { method } = exchange.req
    if (method === 'OPTIONS') return { status: 204, body: '', mediaType: 'application/json', headers: { Allow: allow } }
    const error = new BillingError('method_not_allowed', `${method} is not possible here: only ${allow}.`)
    return withHeaders(toProblemAnswer(exchange, error), { Allow: allow })
  })

/**
 * Puts a wall around what `inner` serves: what it leaves over, and what Express itself throws (a path that cannot be
 * decoded), are problems too. At the root of an app other paths are the host's.
 */
export const enclose = (outer: Router, inner: Router, deps: Deps): Router =>
  outer.use(function answerTheRest(req, res, next) {
    const refuse = (thrown: unknown) => {
      answering(deps, async () => Promise.reject(thrown))(req, res, next)
    }
    inner(req, res, (error?: unknown) => {
      if (error) refuse(error)
      else if (req.baseUrl === '') next()
      else refuse(new BillingError('not_found', 'There is nothing at this path.'))
    })
  })
