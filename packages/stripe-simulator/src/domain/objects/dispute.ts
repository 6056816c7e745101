import type { BalanceTransaction } from './account.ts'
import type { Metadata, StripeObject } from './base.ts'

export type DisputeStatus = 'lost' | 'needs_response' | 'under_review' | 'won'

/** A cardholder asked their bank for the money of a charge. */
export interface Dispute extends StripeObject {
  readonly object: 'dispute'
  readonly amount: number
  readonly balance_transactions: readonly BalanceTransaction[]
  readonly charge: string
  readonly created: number
  readonly currency: string
  readonly evidence: Readonly<Record<string, unknown>>
  readonly evidence_details: {
    readonly due_by: number | null
    readonly has_evidence: boolean
    readonly past_due: boolean
    readonly submission_count: number
    readonly submission_method: 'manual' | 'not_submitted'
    readonly [field: string]: unknown
  }
  readonly intended_submission_method: string | null
  readonly metadata: Metadata
  readonly payment_intent: string | null
  readonly reason: string
  readonly status: DisputeStatus
  /** What the bank will say, and when: test evidence decides. */
  readonly $decision?: { readonly at: number; readonly outcome: 'lost' | 'won' }
}
