import type { Account } from '../domain/account.ts'
import type { Deps } from '../ports/deps.ts'
import { applyFact } from './apply-fact.ts'
import { allRows } from './pages.ts'
import { requireAccount } from './require-account.ts'
import { syncCheckout } from './sync-checkout.ts'
import { syncCustomer } from './sync-customer.ts'
import { syncMirrors } from './sync-mirrors.ts'
import { syncSubscriptions } from './sync-subscriptions.ts'

/** How many of an account's were looked at. */
export type SyncedAccount = { subscriptions: number; checkouts: number; purchases: number }

/**
 * Overwrites what we hold of an account with the provider's truth: its subscriptions, the checkouts and purchases that
 * are not settled, its invoices and payment methods.
 *
 * @throws BillingError `not_found`
 */
export const syncAccount = async (deps: Deps, accountId: string): Promise<SyncedAccount> => {
  const known = await requireAccount(deps, accountId)
  if (known.providerCustomerId !== null) await syncCustomer(deps, known.providerCustomerId)
  const account = await requireAccount(deps, accountId)
  const subscriptions = await syncSubscriptions(deps, account)
  const checkouts = await syncCheckouts(deps, account)
  const purchases = await syncPurchases(deps, account)
  const { ref, providerCustomerId } = account
  if (providerCustomerId !== null) await syncMirrors(deps, { ref, providerCustomerId })
  return { subscriptions: subscriptions.length, checkouts, purchases }
}

const syncCheckouts = async (deps: Deps, { ref: accountRef }: Account): Promise<number> => {
  let looked = 0
  for await (const checkout of allRows((page) => deps.store.checkouts.listUnsettled({ ...page, accountRef }))) {
    await syncCheckout(deps, checkout)
    looked += 1
  }
  return looked
}

const syncPurchases = async (deps: Deps, { ref: accountRef }: Account): Promise<number> => {
  let looked = 0
  for await (const { providerPaymentId } of allRows((page) =>
    deps.store.purchases.listUnsettled({ ...page, accountRef }),
  )) {
    if (providerPaymentId === null) continue
    await applyFact(deps, { type: 'payment.changed', providerPaymentId })
    looked += 1
  }
  return looked
}
