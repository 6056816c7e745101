import type { Customer } from './customer.ts'
import type { Invoice } from './invoice.ts'
import type { PaymentAttempt } from './payment-attempt.ts'
import type { PaymentMethod } from './payment-method.ts'

/**
 * What says who somebody is, of each thing that is kept of an account: an erasure makes it null. Amounts, dates, numbers and
 * the provider's ids stay, since books need them. An invoice's links lead to a page with its owner's name on it.
 */
export const personal = {
  customers: ['email', 'name'],
  paymentMethods: ['last4', 'expires'],
  invoices: ['url', 'pdfUrl'],
  disputes: [],
  paymentAttempts: ['cardBrand', 'cardCountry'],
} as const satisfies {
  customers: readonly (keyof Customer)[]
  paymentMethods: readonly (keyof PaymentMethod)[]
  invoices: readonly (keyof Invoice)[]
  disputes: readonly never[]
  paymentAttempts: readonly (keyof PaymentAttempt)[]
}
