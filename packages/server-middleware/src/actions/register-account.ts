import type { Account, Identity } from '../domain/account.ts'
import type { Deps } from '../ports/deps.ts'
import { ensureAccount } from './ensure-account.ts'
import { ensureCustomer } from './ensure-customer.ts'

/** For the host's sign-up: the account, and the provider's customer as soon as an e-mail address is known. */
export const registerAccount = async (deps: Deps, identity: Identity): Promise<Account> => {
  const account = await ensureAccount(deps, identity)
  if (!account.email) return account
  return { ...account, providerCustomerId: await ensureCustomer(deps, account) }
}
