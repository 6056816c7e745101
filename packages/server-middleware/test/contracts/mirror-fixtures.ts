import type { Customer } from '../../src/domain/customer.ts'
import type { Dispute } from '../../src/domain/dispute.ts'
import { type InvoiceSnapshot, toInvoice } from '../../src/domain/invoice.ts'
import type { PaymentMethod } from '../../src/domain/payment-method.ts'
import { later, now, unique } from './store-fixtures.ts'

export const newInvoiceSnapshot = (changes: Partial<InvoiceSnapshot> = {}): InvoiceSnapshot => ({
  providerInvoiceId: unique('invoice'),
  providerCustomerId: 'customer',
  providerSubscriptionId: 'subscription',
  providerPaymentId: 'payment',
  number: 'AB-0001',
  status: 'paid',
  reason: 'subscription_cycle',
  currency: 'usd',
  subtotalMinor: 2900,
  discountMinor: 0,
  taxMinor: 0,
  totalMinor: 2900,
  amountDueMinor: 2900,
  amountPaidMinor: 2900,
  amountRemainingMinor: 0,
  attemptCount: 1,
  nextAttemptAt: null,
  createdAt: now,
  startsAt: now,
  endsAt: later(now, 1),
  url: 'https://pay.example.com/invoice',
  pdfUrl: 'https://pay.example.com/invoice.pdf',
  lines: [],
  ...changes,
})

export const newInvoice = (accountRef: string, changes: Partial<InvoiceSnapshot> = {}) =>
  toInvoice(accountRef, newInvoiceSnapshot(changes))

export const newPaymentMethod = (accountRef: string, changes: Partial<PaymentMethod> = {}): PaymentMethod => ({
  providerPaymentMethodId: unique('method'),
  providerCustomerId: 'customer',
  accountRef,
  type: 'card',
  brand: 'visa',
  last4: '4242',
  expires: { month: 12, year: 2034 },
  createdAt: now,
  isAttached: true,
  ...changes,
})

export const newDispute = (accountRef: string, changes: Partial<Dispute> = {}): Dispute => ({
  providerDisputeId: unique('dispute'),
  providerPaymentId: 'payment',
  accountRef,
  status: 'open',
  amountMinor: 500,
  currency: 'usd',
  reason: 'fraudulent',
  evidenceDueAt: later(now, 1),
  createdAt: now,
  ...changes,
})

export const newCustomer = (accountRef: string, changes: Partial<Customer> = {}): Customer => ({
  providerCustomerId: unique('customer'),
  accountRef,
  isDeleted: false,
  email: 'ada@example.com',
  name: 'Ada',
  defaultPaymentMethodId: null,
  balanceMinor: 0,
  currency: 'usd',
  ...changes,
})
