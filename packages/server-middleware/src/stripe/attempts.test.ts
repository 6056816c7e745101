import { expect, it } from 'vitest'
import { toAttempt } from './attempts.ts'

const charge = {
  id: 'ch_1',
  object: 'charge',
  payment_intent: 'pi_1',
  customer: 'cus_1',
  amount: 500,
  currency: 'usd',
  status: 'failed',
  failure_code: 'card_declined',
  outcome: { reason: 'insufficient_funds', type: 'issuer_declined' },
  payment_method_details: { type: 'card', card: { brand: 'visa', country: 'US', last4: '9995' } },
  created: 1768435200,
}

const attempt = {
  providerAttemptId: 'ch_1',
  providerPaymentId: 'pi_1',
  providerCustomerId: 'cus_1',
  providerInvoiceId: null,
  amountMinor: 500,
  currency: 'usd',
  outcome: 'failed',
  cardBrand: 'visa',
  cardCountry: 'US',
  declineCode: 'insufficient_funds',
  at: new Date('2026-01-15T00:00:00Z'),
}

it('an attempt that failed says why', () => {
  expect(toAttempt(charge)).toEqual([attempt])
})

it('an attempt at an invoice names it where the API version does', () => {
  expect(toAttempt({ ...charge, invoice: 'in_1' })).toEqual([{ ...attempt, providerInvoiceId: 'in_1' }])
})

it('an attempt keeps the reasons to itself that a thief could use', () => {
  const [stolen] = toAttempt({ ...charge, outcome: { reason: 'stolen_card' } })
  expect(stolen?.declineCode).toBe('generic_decline')
})

it('an attempt without a reason has the code of its failure', () => {
  const [failed] = toAttempt({ ...charge, failure_code: 'expired_card', outcome: null })
  expect(failed?.declineCode).toBe('expired_card')
})

it('an attempt that succeeded has no reason, and may be without a card', () => {
  const paid = { status: 'succeeded', failure_code: null, outcome: { reason: null }, payment_method_details: null }
  const expected = { ...attempt, outcome: 'succeeded', declineCode: null, cardBrand: null, cardCountry: null }
  expect(toAttempt({ ...charge, ...paid })).toEqual([expected])
})

it('an attempt that is on its way is none yet', () => {
  expect(toAttempt({ ...charge, status: 'pending' })).toEqual([])
})

it('an attempt of a shape that nobody knows is refused', () => {
  const unknown = expect.objectContaining({ code: 'provider_refused' })
  expect(() => toAttempt({ ...charge, created: null })).toThrow(unknown)
})
