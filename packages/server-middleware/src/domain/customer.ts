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

/** What is known of a customer that is there no more. */
export const deletedCustomer = (providerCustomerId: string): CustomerSnapshot => ({
  providerCustomerId,
  isDeleted: true,
  email: null,
  name: null,
  defaultPaymentMethodId: null,
  balanceMinor: 0,
  currency: null,
})

export type Customer = CustomerSnapshot & { accountRef: string }
