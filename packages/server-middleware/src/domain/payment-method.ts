/** The provider's truth about a way to pay, as fetched. Never a number of a card or an account. */
export type PaymentMethodSnapshot = {
  providerPaymentMethodId: string
  /** Null while it is nobody's, and for good once it was detached. */
  providerCustomerId: string | null
  /** The provider's word: `card`, `sepa_debit`, `link`. */
  type: string
  /** Of a card. */
  brand: string | null
  /** The last digits, to tell it from others; some have none. */
  last4: string | null
  expires: { month: number; year: number } | null
  createdAt: Date
}

/** `isAttached`: whether it can still be paid with. */
export type PaymentMethod = PaymentMethodSnapshot & { accountRef: string; isAttached: boolean }
