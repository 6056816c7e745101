import { BillingError } from '../domain/errors.ts'
import type { Purchase } from '../domain/purchase.ts'
import type { Deps } from '../ports/deps.ts'
import { settlePurchase } from './settle-purchase.ts'

/**
 * A purchase of the account, settled first if the provider is ahead of us.
 *
 * @throws BillingError `not_found`, also for somebody else's
 */
export const readPurchase = async (
  deps: Deps,
  { accountId, paymentId }: { accountId: string; paymentId: string },
): Promise<Purchase> => {
  const account = await deps.store.accounts.find(accountId)
  const purchase = await deps.store.purchases.findByPayment(paymentId)
  if (!account || purchase?.accountRef !== account.ref) {
    throw new BillingError('not_found', 'There is no such purchase on this account.')
  }
  return settlePurchase(deps, purchase)
}
