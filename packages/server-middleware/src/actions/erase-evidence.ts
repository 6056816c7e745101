import { customersOf } from '../domain/account.ts'
import type { Deps } from '../ports/deps.ts'
import { requireAccount } from './require-account.ts'

/**
 * Forgets what was kept of an account for disputes (addresses, browsers, accepted terms), what the provider's events
 * said about it and what was written to whom. The purchases stay.
 */
export const eraseEvidence = async (deps: Deps, accountId: string): Promise<{ erased: number }> => {
  const account = await requireAccount(deps, accountId)
  const erased = await Promise.all([
    deps.store.purchases.eraseEvidence(account.ref),
    deps.store.checkouts.eraseEvidence(account.ref),
    deps.store.notifications.erase(accountId),
    ...customersOf(account).map((customer) => deps.store.events.erasePayloads(customer)),
  ])
  return { erased: erased.reduce((sum, count) => sum + count, 0) }
}
