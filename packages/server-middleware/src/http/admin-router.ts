import { Router } from 'express'
import { eraseEvidence } from '../actions/erase-evidence.ts'
import { readStatus } from '../actions/read-status.ts'
import { syncAccount } from '../actions/sync-account.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports.ts'
import { jsonAnswer } from './answer.ts'
import type { HttpContext } from './context.ts'
import { answering, enclose, refuseOtherMethods } from './ends.ts'
import type { Exchange } from './exchange.ts'
import { requireSameSite } from './require-same-site.ts'
import { toStatus } from './views/status.ts'
import { toTimestamp } from './views/timestamp.ts'

/** For the host's operators: it asks nobody who they are, so the host mounts it behind a guard of its own. */
export const createAdminRouter = (context: HttpContext): Router => {
  const { deps, trustedOrigins } = context
  const router = Router()
  const serve = (work: (deps: Deps, accountId: string) => Promise<unknown>) =>
    answering(deps, async ({ req }: Exchange) => {
      if (req.method !== 'GET') requireSameSite(req, trustedOrigins)
      return jsonAnswer(await work(deps, String(req.params.accountId)))
    })
  router.get('/accounts/:accountId', serve(readAccount))
  router.post('/accounts/:accountId/sync', serve(resync))
  router.delete('/accounts/:accountId/evidence', serve(eraseEvidence))
  refuseOtherMethods(router, deps, allowedMethods)
  return enclose(Router(), router, deps)
}

const allowedMethods = new Map([
  ['/accounts/:accountId', ['GET', 'HEAD']],
  ['/accounts/:accountId/sync', ['POST']],
  ['/accounts/:accountId/evidence', ['DELETE']],
])

const readAccount = async (deps: Deps, accountId: string) => {
  const account = await deps.store.accounts.find(accountId)
  if (!account) throw new BillingError('not_found', 'There is no such account.')
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
  }
}

const resync = async (deps: Deps, accountId: string) => {
  await syncAccount(deps, accountId)
  return readAccount(deps, accountId)
}
