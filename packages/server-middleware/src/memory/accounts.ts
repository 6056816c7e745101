import { type Account, customersOf } from '../domain/account.ts'
import { BillingError } from '../domain/errors.ts'
import type { AccountStore, NewAccount } from '../ports/accounts.ts'
import { createTable } from './table.ts'

export const createAccounts = (): AccountStore => {
  const rows = createTable<Account>()
  const findById = (accountId: string) => rows.list().find((account) => account.accountId === accountId) ?? null
  const findByCustomer = (customer: string) =>
    rows.list().find((account) => customersOf(account).includes(customer)) ?? null

  return {
    async ensure({ accountId, email, name }: NewAccount, now) {
      const known = findById(accountId)
      if (known) return rows.put(known.ref, { ...known, email: email ?? known.email, name: name ?? known.name })
      const ref = crypto.randomUUID()
      const fresh = { providerCustomerId: null, formerCustomerIds: [], createdAt: now }
      return rows.put(ref, { ref, accountId, email, name, ...fresh })
    },
    async find(accountId) {
      return findById(accountId)
    },
    async findByRef(ref) {
      return rows.get(ref)
    },
    async findByCustomer(providerCustomerId) {
      return findByCustomer(providerCustomerId)
    },
    async linkCustomer(ref, providerCustomerId) {
      const account = rows.get(ref)
      if (!account) throw new BillingError('not_found', `There is no account ${ref}.`)
      if (account.providerCustomerId !== null || account.formerCustomerIds.includes(providerCustomerId)) return account
      if (findByCustomer(providerCustomerId)) {
        throw new BillingError('internal', `Customer ${providerCustomerId} belongs to another account.`)
      }
      return rows.put(ref, { ...account, providerCustomerId })
    },
    async unlinkCustomer(ref, providerCustomerId) {
      const account = rows.get(ref)
      if (account?.providerCustomerId !== providerCustomerId) return
      const formerCustomerIds = [...account.formerCustomerIds, providerCustomerId]
      rows.put(ref, { ...account, providerCustomerId: null, formerCustomerIds })
    },
    async erase(ref) {
      const account = rows.get(ref)
      if (!account || (account.email === null && account.name === null)) return 0
      rows.put(ref, { ...account, email: null, name: null })
      return 1
    },
  }
}
