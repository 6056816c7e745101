import { customersOf } from '../domain/account.ts'
import type { Deps } from '../ports/deps.ts'
import { requireAccount } from './require-account.ts'

/**
 * Forgets who an account is: its e-mail and name, what was kept for disputes (addresses, browsers, accepted terms), what the
 * provider said about its customers and cards, and what was written to whom. What was bought, paid and spent stays.
 */
export const eraseEvidence = async (deps: Deps, accountId: string): Promise<{ erased: number }> => {
  const { store } = deps
  const account = await requireAccount(deps, accountId)
  const { ref } = account
  const erased = await Promise.all([
    store.purchases.eraseEvidence(ref),
    store.checkouts.eraseEvidence(ref),
    store.notifications.erase(accountId),
    store.customers.erase(ref),
    store.paymentMethods.erase(ref),
    store.invoices.erase(ref),
    store.paymentAttempts.erase(ref),
    ...customersOf(account).map((customer) => store.events.erasePayloads(customer)),
    store.accounts.erase(ref),
  ])
  return { erased: erased.reduce((sum, count) => sum + count, 0) }
}
