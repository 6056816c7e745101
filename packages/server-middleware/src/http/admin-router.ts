import { type Response, Router } from 'express'
import { eraseEvidence } from '../actions/erase-evidence.ts'
import { probeLedgers } from '../actions/probe-ledgers.ts'
import { readHealth } from '../actions/read-health.ts'
import { readMirrors } from '../actions/read-mirrors.ts'
import { readStatus } from '../actions/read-status.ts'
import { requireAccount } from '../actions/require-account.ts'
import { syncAccount } from '../actions/sync-account.ts'
import { verifyLedgers } from '../actions/verify-ledgers.ts'
import type { Deps } from '../ports/deps.ts'
import { answerEvent, answerEvents, answerReplay } from './admin-events.ts'
import { answerOutbox, answerOutgoing, answerRetry, answerRetryAll } from './admin-outbox.ts'
import { type Answer, jsonAnswer } from './answer.ts'
import type { HttpContext } from './context.ts'
import { answering, enclose, refuseOtherMethods } from './ends.ts'
import type { Exchange } from './exchange.ts'
import { readQuery } from './read-query.ts'
import { requireSameSite } from './require-same-site.ts'
import { toStatus } from './views/status.ts'
import { lagOf, toHealth } from './views/system.ts'
import { toTimestamp } from './views/timestamp.ts'
import { toVerdict } from './views/verify.ts'

/** For the host's operators: it asks nobody who they are, so the host mounts it behind a guard of its own. */
export const createAdminRouter = (context: HttpContext): Router => {
  const { deps, trustedOrigins } = context
  const router = Router()
  const serve = (name: 'accountId' | 'eventId' | 'key', work: (deps: Deps, id: string) => Promise<unknown>) =>
    answering(deps, async ({ req }: Exchange) => {
      if (req.method !== 'GET') requireSameSite(req, trustedOrigins)
      return jsonAnswer(await work(deps, String(req.params[name])))
    })
  router.get(
    '/health',
    answering(deps, ({ req }) => answerHealth(context, readQuery(req.url).verify === '1')),
  )
  router.get(
    '/metrics',
    answering(deps, () => answerMetrics(context)),
  )
  router.get('/verify', answering(deps, verify))
  router.get('/accounts/:accountId', serve('accountId', readAccount))
  router.get('/accounts/:accountId/verify', answering(deps, verify))
  router.post('/accounts/:accountId/sync', serve('accountId', resync))
  router.delete('/accounts/:accountId/evidence', serve('accountId', eraseEvidence))
  router.get(
    '/events',
    answering(deps, async ({ req }) => jsonAnswer(await answerEvents(deps, req.url))),
  )
  router.get('/events/:eventId', serve('eventId', answerEvent))
  router.post('/events/:eventId/replay', serve('eventId', answerReplay))
  router.get(
    '/outbox',
    answering(deps, async ({ req }) => jsonAnswer(await answerOutbox(deps, req.url))),
  )
  router.post(
    '/outbox/retry',
    answering(deps, async ({ req, res }) => {
      requireSameSite(req, trustedOrigins)
      return jsonAnswer(await answerRetryAll(deps, untilGone(res)))
    }),
  )
  router.get('/outbox/:key', serve('key', answerOutgoing))
  router.post('/outbox/:key/retry', serve('key', answerRetry))
  refuseOtherMethods(router, deps, allowedMethods)
  return enclose(Router(), router, deps)
}

const allowedMethods = new Map([
  ['/health', ['GET', 'HEAD']],
  ['/metrics', ['GET', 'HEAD']],
  ['/verify', ['GET', 'HEAD']],
  ['/accounts/:accountId', ['GET', 'HEAD']],
  ['/accounts/:accountId/verify', ['GET', 'HEAD']],
  ['/accounts/:accountId/sync', ['POST']],
  ['/accounts/:accountId/evidence', ['DELETE']],
  ['/events', ['GET', 'HEAD']],
  ['/events/:eventId', ['GET', 'HEAD']],
  ['/events/:eventId/replay', ['POST']],
  ['/outbox', ['GET', 'HEAD']],
  ['/outbox/retry', ['POST']],
  ['/outbox/:key', ['GET', 'HEAD']],
  ['/outbox/:key/retry', ['POST']],
])

const readAccount = async (deps: Deps, accountId: string) => {
  const account = await requireAccount(deps, accountId)
  const status = await readStatus(deps, { identity: { accountId } })
  return {
    account: {
      accountId,
      ref: account.ref,
      email: account.email,
      name: account.name,
      providerCustomerId: account.providerCustomerId,
      createdAt: toTimestamp(account.createdAt),
    },
    status: toStatus(deps, status),
    ...(await readMirrors(deps, account)),
  }
}

const resync = async (deps: Deps, accountId: string) => {
  await syncAccount(deps, accountId)
  return readAccount(deps, accountId)
}

/** What the router's own health says; asked to, it looks at the ledgers that were written in last, and at indexes, too. */
const answerHealth = async ({ deps, counts }: HttpContext, verifies: boolean): Promise<Answer> => {
  const health = toHealth(deps, await readHealth(deps), counts.bodyConsumed)
  if (health.status === 'down') return jsonAnswer(health, 503)
  if (!verifies) return jsonAnswer(health)
  const ledgers = toVerdict(await probeLedgers(deps))
  const indexes = await deps.store.migrate({ dryRun: true })
  const isSound = ledgers.sound && indexes.length === 0
  return jsonAnswer({ ...health, status: isSound ? health.status : 'degraded', ledgers, indexes })
}

/** For Prometheus: what was counted, and how inbox and outbox are now. */
const answerMetrics = async ({ deps, exposition }: HttpContext): Promise<Answer> => {
  const { inbox, outbox, now } = await readHealth(deps)
  const body = await exposition.expose({ inbox, outbox: { ...outbox }, lagSeconds: lagOf(inbox, now) })
  return { status: 200, body, mediaType: 'text/plain; version=0.0.4' }
}

/** One account's ledger, or all. Goes on no longer than somebody waits for the answer. */
const verify = async ({ deps, req, res }: Exchange): Promise<Answer> => {
  const { accountId } = req.params
  const which = accountId === undefined ? {} : { accountId: String(accountId) }
  return jsonAnswer(toVerdict(await verifyLedgers(deps, which, untilGone(res))))
}

const untilGone = (res: Response): AbortSignal => {
  const gone = new AbortController()
  res.once('close', () => gone.abort())
  return gone.signal
}
