import type { Currency, MinorAmount } from '@paywright/contract'

/** One try to take the money of a payment, as the provider's truth has it. */
export type AttemptSnapshot = {
  providerAttemptId: string
  providerPaymentId: string
  providerCustomerId: string | null
  /** The invoice that the payment was for, if it was for one. */
  providerInvoiceId: string | null
  amountMinor: MinorAmount
  currency: Currency
  outcome: 'succeeded' | 'failed'
  /** Null for a method that is no card. */
  cardBrand: string | null
  cardCountry: string | null
  /** The bank's reason, without what a thief should not learn. */
  declineCode: string | null
  at: Date
}

export type PaymentAttempt = AttemptSnapshot & { accountRef: string }

/** With `isRecovered`: whether a later attempt at the same payment, or invoice, took the money after all. */
export const withRecovery = (
  attempts: readonly PaymentAttempt[],
): readonly (PaymentAttempt & { isRecovered: boolean })[] =>
  attempts.map((attempt) => ({ ...attempt, isRecovered: attempts.some((other) => recovers(other, attempt)) }))

const recovers = (later: PaymentAttempt, failed: PaymentAttempt): boolean =>
  failed.outcome === 'failed' && later.outcome === 'succeeded' && later.at >= failed.at && isSameDebt(later, failed)

const isSameDebt = (a: PaymentAttempt, b: PaymentAttempt): boolean =>
  a.providerPaymentId === b.providerPaymentId ||
  (a.providerInvoiceId !== null && a.providerInvoiceId === b.providerInvoiceId)
