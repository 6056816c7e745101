import type { Currency, MinorAmount } from '@paywright/contract'

/** The provider's truth about a dispute, as fetched. `inquiry`: the bank asks, and no money has moved. */
export type DisputeSnapshot = {
  providerDisputeId: string
  /** Null for money that came in another way. */
  providerPaymentId: string | null
  status: 'inquiry' | 'open' | 'won' | 'lost'
  amountMinor: MinorAmount
  currency: Currency
  /** The provider's word for what the card's owner says. */
  reason: string
  /** By when to answer the bank; null when there is nothing to answer any more. */
  evidenceDueAt: Date | null
  createdAt: Date
}

export type Dispute = DisputeSnapshot & { accountRef: string }
