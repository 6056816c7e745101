import type { Customer } from '../domain/customer.ts'
import type { Deps } from '../ports/deps.ts'

/** Overwrites what we hold of a customer with the provider's truth; null when it is nobody's of ours. */
export const syncCustomer = async ({ store, provider }: Deps, providerCustomerId: string): Promise<Customer | null> => {
  const account = await store.accounts.findByCustomer(providerCustomerId)
  if (!account) return null
  const fetch = await store.customers.startFetch(providerCustomerId)
  const snapshot = await provider.findCustomer(providerCustomerId)
  if (!snapshot) return null
  const customer = { ...snapshot, accountRef: account.ref }
  await store.customers.save(customer, fetch)
  return customer
}
