import express, { type RequestHandler, type Router } from 'express'
import { invalidRequest, StripeFailure } from '../domain/failure.ts'
import type { StripeObjects } from '../domain/objects/all.ts'
import type { StripeSimulator } from '../simulator.ts'
import { act } from './admin-acts.ts'

type Body = Readonly<Record<string, unknown>>

const bodyOf = (body: unknown): Body => (body ?? {}) as Body

const limited = <T>(values: readonly T[], query: unknown): { data: T[] } => {
  const limit = Number((query as Body).limit ?? 100)
  return { data: values.slice(0, Number.isInteger(limit) && limit > 0 ? limit : 100) }
}

const refusalOf = (cause: unknown): Pick<StripeFailure, 'status' | 'error'> =>
  cause instanceof StripeFailure ? cause : invalidRequest(String(cause))

interface Asked {
  readonly simulator: StripeSimulator
  readonly params: Body
  readonly query: unknown
  readonly body: Body
}

type Work = (asked: Asked) => unknown

const answer =
  (simulator: () => StripeSimulator, work: Work): RequestHandler =>
  async ({ params, query, body }, response) => {
    try {
      response.json(await work({ simulator: simulator(), params, query, body: bodyOf(body) }))
    } catch (cause) {
      const { status, error } = refusalOf(cause)
      response.status(status).json({ error })
    }
  }

const stateOf = (simulator: StripeSimulator) => ({
  now: Math.floor(simulator.clock.now().getTime() / 1000),
  counts: simulator.counts(),
  webhooks: {
    paused: simulator.webhooks.isPaused(),
    pending: simulator.webhooks.pending(),
    travel: simulator.webhooks.travel(),
  },
  keys: { publishableKey: simulator.keys.publishableKey },
})

const webhooks = (simulator: StripeSimulator, { paused, ...options }: Body) => {
  simulator.webhooks.change(options)
  if (paused === true) simulator.webhooks.pause()
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

const failureKinds = ['lock_timeout', 'rate_limit', 'server_error', 'timeout'] as const

const fail = (simulator: StripeSimulator, { code, times = 1 }: Body) => {
  const kind = failureKinds.find((each) => each === code)
  if (!kind) throw invalidRequest(`A request can fail with ${failureKinds.join(', ')}; not ${String(code)}.`)
  simulator.failNext({ code: kind, times: Number(times) })
  return { forced: Number(times) }
}

const answerDebit = (simulator: StripeSimulator, id: unknown, { outcome, failureCode }: Body) => {
  if (outcome !== 'succeed' && outcome !== 'fail') {
    throw invalidRequest(`A bank can let a debit succeed or fail; not ${String(outcome)}.`, { param: 'outcome' })
  }
  return simulator.settlePayment(String(id), outcome, failureCode === undefined ? undefined : String(failureCode))
}

const roll = (simulator: StripeSimulator, { endpoint, oldValidForHours }: Body) =>
  simulator.rollSecret({
    ...(endpoint === undefined ? {} : { endpoint: String(endpoint) }),
    ...(oldValidForHours === undefined ? {} : { oldValidForHours: Number(oldValidForHours) }),
  })

const settle = async (simulator: StripeSimulator) => {
  await simulator.settled()
  return { settled: true }
}

/** `?account=acct_…`: in a connected account. */
const accountIn = (query: unknown): string | undefined => (query as { readonly account?: string }).account

const looks: Readonly<Record<string, Work>> = {
  '/state': ({ simulator }) => stateOf(simulator),
  '/events': ({ simulator, query }) => limited(simulator.objects('event', accountIn(query)), query),
  '/deliveries': ({ simulator, query }) => limited(simulator.webhooks.log(), query),
  '/objects/:type': ({ simulator, params, query }) =>
    limited(simulator.objects(params.type as keyof StripeObjects, accountIn(query)), query),
}

const steers: Readonly<Record<string, Work>> = {
  '/clock': ({ simulator, body }) => advance(simulator, body),
  '/next-decline': ({ simulator, body }) => decline(simulator, body),
  '/next-failure': ({ simulator, body }) => fail(simulator, body),
  '/payments/:id/settle': ({ simulator, params, body }) => answerDebit(simulator, params.id, body),
  '/events/:id/redeliver': ({ simulator, params, body }) => simulator.redeliver(String(params.id), body),
  '/webhooks': ({ simulator, body }) => webhooks(simulator, body),
  '/roll-secret': ({ simulator, body }) => roll(simulator, body),
  '/settled': ({ simulator }) => settle(simulator),
  '/acts/:name': ({ simulator, params, body }) => act(simulator.core, params.name, body.input),
  '/reset': ({ simulator }) => ({ reset: simulator.reset() }),
  '/challenges/:id': ({ simulator, params, body }) =>
    simulator.core.completeChallenge(String(params.id), body.outcome === 'complete' ? 'complete' : 'fail'),
}

/** What steers the simulation, as JSON: mounted at `/_simulator/api`. */
export const createAdmin = (simulator: () => StripeSimulator): Router => {
  const router = express.Router()
  router.use(express.json())
  for (const [path, work] of Object.entries(looks)) router.get(path, answer(simulator, work))
  for (const [path, work] of Object.entries(steers)) router.post(path, answer(simulator, work))
  return router
}
