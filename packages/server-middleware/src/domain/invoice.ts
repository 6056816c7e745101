import type { Currency, MinorAmount } from '@paywright/contract'
import type { PriceReference } from './catalog.ts'
import type { Period } from './months.ts'

/** What an invoice bills at a price. A proration bills, or credits, a part of a period for a change within it. */
export type InvoiceLine = PriceReference &
  Period & {
    providerLineId: string
    quantity: number
    /** Before discounts and taxes; below 0 when it gives back. */
    amountMinor: MinorAmount
    isProration: boolean
  }

/** The provider's truth about an invoice, as fetched. Lines without a price are left out. */
export type InvoiceSnapshot = Period & {
  providerInvoiceId: string
  providerCustomerId: string
  /** The one that it bills; null for an invoice of its own. */
  providerSubscriptionId: string | null
  /** Null until something is to be paid, and where the provider doesn't say. */
  providerPaymentId: string | null
  /** As printed on it; a draft has none. */
  number: string | null
  status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'
  /** Why it was made: a subscription began, a new period did, or it was changed within one. */
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update' | 'other'
  currency: Currency
  subtotalMinor: MinorAmount
  discountMinor: MinorAmount
  taxMinor: MinorAmount
  totalMinor: MinorAmount
  /** What was asked for, after the customer's balance. */
  amountDueMinor: MinorAmount
  amountPaidMinor: MinorAmount
  amountRemainingMinor: MinorAmount
  /** How often the provider has tried to collect it. */
  attemptCount: number
  nextAttemptAt: Date | null
  createdAt: Date
  /** Where its owner reads and pays it. */
  url: string | null
  pdfUrl: string | null
  lines: readonly InvoiceLine[]
}

/** An invoice as we keep it: its head, and whose it is. */
export type Invoice = Omit<InvoiceSnapshot, 'lines'> & { accountRef: string }

export const toInvoice = (accountRef: string, { lines: _lines, ...head }: InvoiceSnapshot): Invoice => ({
  ...head,
  accountRef,
})

/** Whether the provider will change nothing of it any more. */
export const isClosed = ({ status }: Pick<Invoice, 'status'>): boolean => status === 'paid' || status === 'void'
