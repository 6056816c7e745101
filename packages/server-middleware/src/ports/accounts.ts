import type { Account } from '../domain/account.ts'

export type NewAccount = Pick<Account, 'accountId' | 'email' | 'name'>

export interface AccountStore {
  /** Finds or creates; a known account takes over an e-mail or name that is new. */
  ensure(account: NewAccount, now: Date): Promise<Account>
  find(accountId: string): Promise<Account | null>
  findByRef(ref: string): Promise<Account | null>
  /** The one that has, or had, this customer. */
  findByCustomer(providerCustomerId: string): Promise<Account | null>
  /** Sets the customer of an account that has none, but never one it had before; answers the account as it then is. */
  linkCustomer(ref: string, providerCustomerId: string): Promise<Account>
  /** Makes a former one of the account's customer, if it still is that one. */
  unlinkCustomer(ref: string, providerCustomerId: string): Promise<void>
  /** Forgets its e-mail and name, until somebody says them again; answers for how many that was. */
  erase(ref: string): Promise<number>
}
