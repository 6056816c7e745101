import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports.ts'

/** Forgets what was kept of an account for disputes: addresses, browsers, accepted terms. The purchases stay. */
export const eraseEvidence = async ({ store }: Deps, accountId: string): Promise<{ erased: number }> => {
  const account = await store.accounts.find(accountId)
  if (!account) throw new BillingError('not_found', 'There is no such account.')
  const erased = await Promise.all([
    store.purchases.eraseEvidence(account.ref),
    store.checkouts.eraseEvidence(account.ref),
  ])
  return { erased: erased[0] + erased[1] }
}
