import type { Deps } from '../ports/deps.ts'
import { requireAccount } from './require-account.ts'

/** Forgets what was kept of an account for disputes: addresses, browsers, accepted terms. The purchases stay. */
export const eraseEvidence = async (deps: Deps, accountId: string): Promise<{ erased: number }> => {
  const account = await requireAccount(deps, accountId)
  const erased = await Promise.all([
    deps.store.purchases.eraseEvidence(account.ref),
    deps.store.checkouts.eraseEvidence(account.ref),
  ])
  return { erased: erased[0] + erased[1] }
}
