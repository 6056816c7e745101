import { expect, it } from 'vitest'
import { toDispute } from './dispute-snapshot.ts'

const dispute = {
  id: 'dp_1',
  object: 'dispute',
  payment_intent: 'pi_1',
  status: 'needs_response',
  amount: 500,
  currency: 'usd',
  reason: 'fraudulent',
  evidence_details: { due_by: 1771113600, has_evidence: false },
  created: 1768435200,
}

it('a dispute says how much, why, and by when to answer', () => {
  expect(toDispute(dispute)).toEqual({
    providerDisputeId: 'dp_1',
    providerPaymentId: 'pi_1',
    status: 'open',
    amountMinor: 500,
    currency: 'usd',
    reason: 'fraudulent',
    evidenceDueAt: new Date('2026-02-15T00:00:00Z'),
    createdAt: new Date('2026-01-15T00:00:00Z'),
  })
})

it.each([
  ['warning_needs_response', 'inquiry'],
  ['warning_under_review', 'inquiry'],
  ['warning_closed', 'inquiry'],
  ['prevented', 'inquiry'],
  ['under_review', 'open'],
  ['won', 'won'],
  ['lost', 'lost'],
  ['appeal_needs_response', 'lost'],
  ['appeal_under_review', 'lost'],
])('a dispute that is %s at Stripe is %s here', (status, expected) => {
  expect(toDispute({ ...dispute, status, evidence_details: { due_by: null } })).toMatchObject({
    status: expected,
    evidenceDueAt: null,
  })
})

it.each([{ status: 'settled_by_duel' }, { evidence_details: undefined }, { amount: undefined }])(
  'a dispute of a shape that nobody knows is refused: %o',
  (changes) => {
    const unknown = expect.objectContaining({ code: 'provider_refused' })
    expect(() => toDispute({ ...dispute, ...changes })).toThrow(unknown)
  },
)
