import express, { type RequestHandler, type Router } from 'express'
import { invalidRequest, StripeFailure } from '../domain/failure.ts'
import type { StripeObjects } from '../domain/objects/all.ts'
import type { StripeSimulator } from '../simulator.ts'

type Body = Readonly<Record<string, unknown>>

const bodyOf = (body: unknown): Body => (body ?? {}) as Body

const limited = <T>(values: readonly T[], query: unknown): { data: T[] } => {
  const limit = Number((query as Body).limit ?? 100)
  return { data: values.slice(0, Number.isInteger(limit) && limit > 0 ? limit : 100) }
}

const refusalOf = (cause: unknown): Pick<StripeFailure, 'status' | 'error'> =>
  cause instanceof StripeFailure ? cause : invalidRequest(String(cause))

const answer =
  (work: (input: { params: Body; query: unknown; body: Body }) => unknown): RequestHandler =>
  async (request, response) => {
    try {
      response.json(await work({ params: request.params, query: request.query, body: bodyOf(request.body) }))
    } catch (cause) {
      const { status, error } = refusalOf(cause)
      response.status(status).json({ error })
    }
  }

const stateOf = (simulator: StripeSimulator) => ({
  now: Math.floor(simulator.clock.now().getTime() / 1000),
  counts: simulator.counts(),
  webhooks: { paused: simulator.webhooks.isPaused(), pending: simulator.webhooks.pending() },
  keys: { publishableKey: simulator.keys.publishableKey },
})

const webhooks = async (simulator: StripeSimulator, paused: boolean) => {
  if (paused) simulator.webhooks.pause()
  else simulator.webhooks.resume()
  return { paused: simulator.webhooks.isPaused(), pending: simulator.webhooks.pending() }
}

const advance = async (simulator: StripeSimulator, body: Body) => {
  const now = await simulator.clock.advance(body)
  return { now: Math.floor(now.getTime() / 1000) }
}

const decline = (simulator: StripeSimulator, body: Body) => {
  const { code = 'card_declined', declineCode = 'generic_decline', times = 1 } = body
  simulator.declineNext({ code: String(code), declineCode: String(declineCode), times: Number(times) })
  return { forced: Number(times) }
}

/** What steers the simulation, as JSON: mounted at `/_simulator/api`. */
export const createAdmin = (simulator: () => StripeSimulator): Router => {
  const router = express.Router()
  router.use(express.json())
  router.get(
    '/state',
    answer(() => stateOf(simulator())),
  )
  router.get(
    '/events',
    answer(({ query }) => limited(simulator().objects('event'), query)),
  )
  router.get(
    '/deliveries',
    answer(({ query }) => limited(simulator().webhooks.log(), query)),
  )
  router.get(
    '/objects/:type',
    answer(({ params, query }) => limited(simulator().objects(params.type as keyof StripeObjects), query)),
  )
  router.post(
    '/clock',
    answer(({ body }) => advance(simulator(), body)),
  )
  router.post(
    '/next-decline',
    answer(({ body }) => decline(simulator(), body)),
  )
  router.post(
    '/events/:id/redeliver',
    answer(({ params, body }) => simulator().redeliver(String(params.id), body)),
  )
  router.post(
    '/webhooks',
    answer(({ body }) => webhooks(simulator(), body.paused === true)),
  )
  router.post(
    '/reset',
    answer(() => ({ reset: simulator().reset() })),
  )
  router.post(
    '/challenges/:id',
    answer(({ params, body }) =>
      simulator().core.completeChallenge(String(params.id), body.outcome === 'complete' ? 'complete' : 'fail'),
    ),
  )
  return router
}
