import { randomUUID } from 'node:crypto'
import type { Account } from '../domain/account.ts'
import { BillingError } from '../domain/errors.ts'
import type { AccountStore, NewAccount } from '../ports/accounts.ts'
import type { Database } from './database.ts'
import { isDuplicate } from './errors.ts'
import { type Declaration, wherePresent } from './indexes.ts'

type AccountDocument = Omit<Account, 'ref'> & { _id: string }

const accounts: Declaration = {
  name: 'accounts',
  indexes: [
    { name: 'accountId', key: { accountId: 1 }, unique: true },
    {
      name: 'providerCustomerId',
      key: { providerCustomerId: 1 },
      unique: true,
      ...wherePresent('providerCustomerId'),
    },
  ],
}

export const createAccounts = (database: Database): AccountStore => {
  const rows = database.rows<AccountDocument>(accounts)

  const ensure = async (account: NewAccount, now: Date): Promise<Account> => {
    const known = await rows.find({ accountId: account.accountId })
    if (known) return toAccount(await refresh(known, account))
    const created = { ...account, _id: randomUUID(), providerCustomerId: null, createdAt: now }
    return (await rows.insert(created)) === 'inserted' ? toAccount(created) : ensure(account, now)
  }

  const refresh = async (known: AccountDocument, { email, name }: NewAccount): Promise<AccountDocument> => {
    const current = { email: email ?? known.email, name: name ?? known.name }
    if (current.email === known.email && current.name === known.name) return known
    return (await rows.change({ _id: known._id }, { $set: current })) ?? known
  }

  const link = async (ref: string, providerCustomerId: string): Promise<AccountDocument | null> => {
    try {
      return await rows.change({ _id: ref, providerCustomerId: null }, { $set: { providerCustomerId } })
    } catch (error) {
      if (!isDuplicate(error)) throw error
      throw new BillingError('internal', `Customer ${providerCustomerId} belongs to another account.`, { cause: error })
    }
  }

  const findOrNull = async (filter: Partial<AccountDocument>) => {
    const found = await rows.find(filter)
    return found && toAccount(found)
  }

  return {
    ensure,
    find: (accountId) => findOrNull({ accountId }),
    findByRef: (ref) => findOrNull({ _id: ref }),
    findByCustomer: (providerCustomerId) => findOrNull({ providerCustomerId }),
    async linkCustomer(ref, providerCustomerId) {
      const account = (await link(ref, providerCustomerId)) ?? (await rows.find({ _id: ref }))
      if (account) return toAccount(account)
      throw new BillingError('not_found', `There is no account ${ref}.`)
    },
  }
}

const toAccount = ({ _id, ...account }: AccountDocument): Account => ({ ...account, ref: _id })
