import type { Account } from '../domain/account.ts'
import { BillingError } from '../domain/errors.ts'
import type { AccountStore, NewAccount } from '../ports/accounts.ts'
import { createTable } from './table.ts'

export const createAccounts = (): AccountStore => {
  const rows = createTable<Account>()
  const findBy = (field: 'accountId' | 'providerCustomerId', value: string) =>
    rows.list().find((account) => account[field] === value) ?? null

  return {
    async ensure({ accountId, email, name }: NewAccount, now) {
      const known = findBy('accountId', accountId)
      if (known) return rows.put(known.ref, { ...known, email: email ?? known.email, name: name ?? known.name })
      const ref = crypto.randomUUID()
      return rows.put(ref, { ref, accountId, email, name, providerCustomerId: null, createdAt: now })
    },
    async find(accountId) {
      return findBy('accountId', accountId)
    },
    async findByRef(ref) {
      return rows.get(ref)
    },
    async findByCustomer(providerCustomerId) {
      return findBy('providerCustomerId', providerCustomerId)
    },
    async linkCustomer(ref, providerCustomerId) {
      const account = rows.get(ref)
      if (!account) throw new BillingError('not_found', `There is no account ${ref}.`)
      if (account.providerCustomerId !== null) return account
      if (findBy('providerCustomerId', providerCustomerId)) {
        throw new BillingError('internal', `Customer ${providerCustomerId} belongs to another account.`)
      }
      return rows.put(ref, { ...account, providerCustomerId })
    },
  }
}
