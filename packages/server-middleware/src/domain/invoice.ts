import type { MinorAmount } from '@paywright/contract'
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
export type InvoiceSnapshot = {
  providerInvoiceId: string
  providerCustomerId: string
  isPaid: boolean
  /** Why it was made: a subscription began, a new period did, or it was changed within one. */
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update' | 'other'
  createdAt: Date
  lines: readonly InvoiceLine[]
}
