import { z } from 'zod'
import type { DisputeSnapshot } from '../domain/dispute.ts'
import { instant, instantOrNull, read, referenceOrNull } from './read.ts'

/** One that is not known is refused, not guessed. While an appeal against a lost one runs, the money stays away. */
const statuses = {
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  warning_closed: 'inquiry',
  prevented: 'inquiry',
  needs_response: 'open',
  under_review: 'open',
  won: 'won',
  lost: 'lost',
  appeal_needs_response: 'lost',
  appeal_under_review: 'lost',
} as const

const dispute = z.object({
  id: z.string(),
  payment_intent: referenceOrNull,
  status: z.enum(Object.keys(statuses) as [keyof typeof statuses]),
  amount: z.int(),
  currency: z.string(),
  reason: z.string(),
  evidence_details: z.object({ due_by: instantOrNull }),
  created: instant,
})

export const toDispute = (object: unknown): DisputeSnapshot => {
  const found = read(dispute, object, 'dispute')
  return {
    providerDisputeId: found.id,
    providerPaymentId: found.payment_intent,
    status: statuses[found.status],
    amountMinor: found.amount,
    currency: found.currency,
    reason: found.reason,
    evidenceDueAt: found.evidence_details.due_by,
    createdAt: found.created,
  }
}
