import type { Account, Payer } from '../domain/account.ts'
import { isBillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import { ensureCustomer } from './ensure-customer.ts'
import { syncCustomer } from './sync-customer.ts'

/**
 * Works in the name of an account's customer. When the provider refuses, and that is because it has deleted the customer,
 * the work is done once more for a fresh one. Costs no call as long as nothing is refused.
 */
export const withCustomer = async <Answer>(
  deps: Deps,
  account: Account,
  work: (payer: Payer) => Promise<Answer>,
): Promise<Answer> => {
  const providerCustomerId = await ensureCustomer(deps, account)
  try {
    return await work({ ...account, providerCustomerId })
  } catch (error) {
    if (!(await isForWantOfCustomer(deps, providerCustomerId, error))) throw error
    const current = (await deps.store.accounts.findByRef(account.ref)) ?? account
    return work({ ...current, providerCustomerId: await ensureCustomer(deps, current) })
  }
}

/** Whether an error is one because the provider no longer has the customer, who then is no longer the account's. */
export const isForWantOfCustomer = async (deps: Deps, customer: string, error: unknown): Promise<boolean> =>
  isBillingError(error, 'provider_refused') && (await syncCustomer(deps, customer))?.isDeleted === true
