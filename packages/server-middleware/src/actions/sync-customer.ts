import { type Customer, type CustomerSnapshot, deletedCustomer } from '../domain/customer.ts'
import type { Deps } from '../ports/deps.ts'
import { partWithCustomer } from './part-with-customer.ts'

/**
 * Overwrites what we hold of a customer with the provider's truth; null when it is nobody's of ours. One that was deleted
 * is the account's no more.
 */
export const syncCustomer = async (deps: Deps, providerCustomerId: string): Promise<Customer | null> => {
  const { store } = deps
  const account = await store.accounts.findByCustomer(providerCustomerId)
  if (!account) return null
  const fetch = await store.customers.startFetch(providerCustomerId)
  const snapshot = await findCustomer(deps, providerCustomerId)
  if (!snapshot) return null
  const customer = { ...snapshot, accountRef: account.ref }
  await store.customers.save(customer, fetch)
  if (customer.isDeleted) await partWithCustomer(deps, account, providerCustomerId)
  return customer
}

/**
 * Test data may be wiped, and nothing tells of it. A live customer never vanishes: not to know one means that the key is
 * another account's, and nothing may follow from that.
 */
const findCustomer = async ({ provider }: Deps, id: string): Promise<CustomerSnapshot | null> =>
  (await provider.findCustomer(id)) ?? (provider.mode === 'test' ? deletedCustomer(id) : null)
