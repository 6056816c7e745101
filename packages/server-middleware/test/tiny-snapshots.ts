import type { CheckoutSnapshot } from '../src/domain/checkout.ts'
import type { AttemptSnapshot } from '../src/domain/payment-attempt.ts'
import type { PaymentMethodSnapshot } from '../src/domain/payment-method.ts'
import type { PaymentSnapshot } from '../src/domain/purchase.ts'
import type { BankPage, BankPayment } from './tiny-bank.ts'

const paymentStates = {
  waiting: 'requires_payment_method',
  refused: 'requires_payment_method',
  taken: 'succeeded',
  void: 'canceled',
} as const satisfies Record<BankPayment['state'], PaymentSnapshot['status']>

export const toPayment = (payment: BankPayment): PaymentSnapshot => ({
  providerPaymentId: payment.id,
  status: paymentStates[payment.state],
  amountMinor: payment.cents,
  amountReceivedMinor: payment.state === 'taken' ? payment.cents : 0,
  currency: payment.currency,
  providerCustomerId: payment.customer,
  purchaseId: payment.reference,
  clientSecret: `${payment.id}_secret`,
  failure:
    payment.state === 'refused'
      ? { code: 'card_declined', declineCode: null, message: 'Your bank declined the payment. Try another card.' }
      : null,
})

export const toAttempts = (payment: BankPayment): readonly AttemptSnapshot[] => {
  if (payment.state !== 'taken' && payment.state !== 'refused') return []
  const isTaken = payment.state === 'taken'
  return [
    {
      providerAttemptId: `attempt_${payment.id}_${payment.state}`,
      providerPaymentId: payment.id,
      providerCustomerId: payment.customer,
      providerInvoiceId: null,
      amountMinor: payment.cents,
      currency: payment.currency,
      outcome: isTaken ? 'succeeded' : 'failed',
      cardBrand: null,
      cardCountry: null,
      declineCode: isTaken ? null : 'card_declined',
      at: new Date('2026-11-01T00:00:00Z'),
    },
  ]
}

/** A customer has one card at most, which is kept under their name. */
export const toPaymentMethod = (customer: string): PaymentMethodSnapshot => ({
  providerPaymentMethodId: `card_of_${customer}`,
  providerCustomerId: customer,
  type: 'card',
  brand: 'visa',
  last4: '0001',
  expires: { month: 12, year: 2034 },
  createdAt: new Date('2026-11-01T00:00:00Z'),
})

const pageStates = { open: 'open', done: 'complete', closed: 'expired' } as const

export const toCheckout = ({ id, state, input, paymentId, subscriptionId, invoiceId }: BankPage): CheckoutSnapshot => ({
  providerSessionId: id,
  status: pageStates[state],
  paid: state === 'done',
  url: state === 'open' ? `https://tiny.example/checkout/${id}` : null,
  providerCustomerId: input.providerCustomerId,
  providerSubscriptionId: subscriptionId,
  providerPaymentId: paymentId,
  providerInvoiceId: invoiceId,
  expiresAt: new Date('2099-01-01T00:00:00Z'),
})
