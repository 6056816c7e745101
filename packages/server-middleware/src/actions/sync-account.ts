import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import { syncMirrors } from './sync-mirrors.ts'
import { syncSubscriptions } from './sync-subscriptions.ts'

/** Overwrites what we hold of an account with the provider's truth. */
export const syncAccount = async (deps: Deps, accountId: string): Promise<void> => {
  const account = await deps.store.accounts.find(accountId)
  if (!account) throw new BillingError('not_found', 'There is no such account.')
  await syncSubscriptions(deps, account)
  const { ref, providerCustomerId } = account
  if (providerCustomerId !== null) await syncMirrors(deps, { ref, providerCustomerId })
}
