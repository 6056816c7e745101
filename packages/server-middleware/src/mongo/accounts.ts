import { randomUUID } from 'node:crypto'
import type { Account } from '../domain/account.ts'
import { BillingError } from '../domain/errors.ts'
import type { AccountStore, NewAccount } from '../ports/accounts.ts'
import type { Database } from './database.ts'
import { toErasure } from './erasure.ts'
import { isDuplicate } from './errors.ts'
import { type Declaration, wherePresent } from './indexes.ts'

/** Written by a version that knew of no former customers, it has none. */
type AccountDocument = Omit<Account, 'ref' | 'formerCustomerIds'> & { _id: string; formerCustomerIds?: string[] }

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
    { name: 'formerCustomers', key: { formerCustomerIds: 1 }, ...wherePresent('formerCustomerIds') },
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

  /** A customer that is just being unlinked is found by one of the two looks. */
  const findByCustomer = async (customer: string): Promise<Account | null> =>
    (await findOrNull({ providerCustomerId: customer })) ?? findOrNull({ formerCustomerIds: customer })

  const link = async (ref: string, providerCustomerId: string): Promise<AccountDocument | null> => {
    const owner = await findByCustomer(providerCustomerId)
    if (owner && owner.ref !== ref) throw taken(providerCustomerId)
    const free = { _id: ref, providerCustomerId: null, formerCustomerIds: { $ne: providerCustomerId } }
    try {
      return await rows.change(free, { $set: { providerCustomerId } })
    } catch (error) {
      throw isDuplicate(error) ? taken(providerCustomerId, error) : error
    }
  }

  const findOrNull = async (filter: Readonly<Record<string, string>>) => {
    const found = await rows.find(filter)
    return found && toAccount(found)
  }

  return {
    ensure,
    find: (accountId) => findOrNull({ accountId }),
    findByRef: (ref) => findOrNull({ _id: ref }),
    findByCustomer,
    async linkCustomer(ref, providerCustomerId) {
      const account = (await link(ref, providerCustomerId)) ?? (await rows.find({ _id: ref }))
      if (account) return toAccount(account)
      throw new BillingError('not_found', `There is no account ${ref}.`)
    },
    async unlinkCustomer(ref, providerCustomerId) {
      const change = { $set: { providerCustomerId: null }, $push: { formerCustomerIds: providerCustomerId } }
      await rows.update({ _id: ref, providerCustomerId }, change)
    },
    async erase(ref) {
      const { filter, update } = toErasure(['email', 'name'])
      return rows.updateMany({ _id: ref, ...filter }, update)
    },
  }
}

const taken = (customer: string, cause?: unknown): BillingError =>
  new BillingError('internal', `Customer ${customer} belongs to another account.`, { cause })

const toAccount = ({ _id, ...account }: AccountDocument): Account => ({
  ...account,
  ref: _id,
  formerCustomerIds: account.formerCustomerIds ?? [],
})
