import type { Account } from '../domain/account.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import { toLabels } from './labels.ts'

/**
 * The provider's customer of an account. Two requests at once make one: the key is the account's, and the first to link
 * wins. After a customer that was deleted the key is another one, or the provider would answer with that one again.
 *
 * @throws BillingError `email_required` when nobody has told us the account's e-mail address
 */
export const ensureCustomer = async (deps: Deps, account: Account): Promise<string> => {
  if (account.providerCustomerId) return account.providerCustomerId
  if (!account.email) {
    throw new BillingError(
      'email_required',
      'Receipts need an e-mail address and this account has none: let identify() return one, or send customerEmail.',
    )
  }
  const { providerCustomerId } = await deps.provider.createCustomer({
    attemptId: [account.ref, ...account.formerCustomerIds.slice(-1)].join(':'),
    email: account.email,
    name: account.name,
    labels: toLabels(deps, { accountId: account.accountId }),
  })
  const linked = await deps.store.accounts.linkCustomer(account.ref, providerCustomerId)
  return linked.providerCustomerId ?? ensureCustomer(deps, linked)
}
