import type { Account } from '../domain/account.ts'

export type NewAccount = Pick<Account, 'accountId' | 'email' | 'name'>

export interface AccountStore {
  /** Finds or creates; a known account takes over an e-mail or name that is new. */
  ensure(account: NewAccount, now: Date): Promise<Account>
  find(accountId: string): Promise<Account | null>
  findByRef(ref: string): Promise<Account | null>
  findByCustomer(providerCustomerId: string): Promise<Account | null>
  /** Sets the customer of an account that has none; answers the account as it then is. */
  linkCustomer(ref: string, providerCustomerId: string): Promise<Account>
}
