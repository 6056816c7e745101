import type { Currency, MinorAmount } from '@paywright/contract'

/** What somebody ought to hear of, so that no money is lost: of subscriptions, invoices and disputes. */
export type Notice =
  | DuplicateNotice
  | TrialNotice
  | InvoicePaidNotice
  | (InvoiceDue & { type: 'invoice.payment_failed' })
  | (InvoiceDue & { type: 'invoice.action_required' })
  | DisputeNotice

/** Two subscriptions of an account in one plan group may both take money: somebody has to end one. */
type DuplicateNotice = {
  key: string
  type: 'subscription.duplicate'
  accountId: string
  /** The newer one. */
  providerSubscriptionId: string
  olderSubscriptionId: string
  group: string
}

type TrialNotice = {
  key: string
  type: 'trial.ending'
  accountId: string
  providerSubscriptionId: string
  planId: string | null
  endsAt: Date
}

type InvoicePaidNotice = {
  key: string
  type: 'invoice.paid'
  accountId: string
  providerInvoiceId: string
  amountMinor: MinorAmount
  currency: Currency
  url: string | null
}

/** An attempt failed, or waits for whoever has to pay: `url` is where they do. */
type InvoiceDue = {
  key: string
  accountId: string
  providerInvoiceId: string
  amountDueMinor: MinorAmount
  currency: Currency
  url: string | null
}

type DisputeNotice = {
  key: string
  type: 'dispute.opened'
  accountId: string
  paymentId: string | null
  disputeId: string
  amountMinor: MinorAmount
  currency: Currency
  /** By when to answer the bank. */
  evidenceDueAt: Date | null
}
