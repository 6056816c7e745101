import type { Account } from '../domain/account.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'

/**
 * The account that an operator names; a name that is mistyped makes nobody.
 *
 * @throws BillingError `not_found`
 */
export const requireAccount = async ({ store }: Deps, accountId: string): Promise<Account> => {
  const account = await store.accounts.find(accountId)
  if (!account) throw new BillingError('not_found', `There is no account ${accountId}.`)
  return account
}
