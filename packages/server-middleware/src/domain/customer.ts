import type { Currency, MinorAmount } from '@paywright/contract'

/** The provider's truth about a customer, as fetched. Of a deleted one nothing else is known. */
export type CustomerSnapshot = {
  providerCustomerId: string
  isDeleted: boolean
  email: string | null
  name: string | null
  /** What invoices are paid with when a subscription doesn't say otherwise. */
  defaultPaymentMethodId: string | null
  /** Below 0 is credit that the next invoice uses up; above, what it adds. */
  balanceMinor: MinorAmount
  /** Null before the first thing that has one. */
  currency: Currency | null
}

export type Customer = CustomerSnapshot & { accountRef: string }
