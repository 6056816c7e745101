import type { NamedAccount } from './credits.ts'
import type { Currency, MinorAmount, Timestamp } from './money.ts'

/**
 * Makes an account known (service callers only); the same again gives the same account. `initialBalanceMinor` becomes
 * credits at the price of the catalog's first pack in its default unit, rounded down.
 */
export type CreateAccountRequest = NamedAccount & {
  initialBalanceMinor?: MinorAmount
  currency?: Currency
  planName?: string
}

export type Account = {
  accountId: string
  oauthProvider: string
  externalId: string
  customerEmail: string | null
  planName: string
  currency: Currency
  createdAt: Timestamp
}
