import type { MetadataInput } from '../../domain/metadata.ts'
import type { DiscountInput } from '../discounts.ts'
import type { ItemFields } from '../invoice-items/create.ts'
import type { ItemsInput } from '../subscriptions/change.ts'
import type { EndingInput } from '../subscriptions/ending.ts'
import type { TaxIdInput } from '../tax/tax-ids.ts'

export interface PreviewedItem extends Omit<ItemFields, 'pricing'> {
  readonly invoiceitem?: string
  readonly price?: string
  readonly unit_amount?: number
}

export interface PreviewedChange extends ItemsInput, EndingInput {
  readonly cancel_now?: boolean
  readonly metadata?: MetadataInput
  readonly trial_end?: number | 'now'
}

/** What a preview can be asked: whose invoice, and what would be different. */
export interface PreviewInput {
  readonly automatic_tax?: { readonly enabled: boolean }
  readonly currency?: string
  readonly customer?: string
  readonly customer_details?: {
    readonly address?: unknown
    readonly shipping?: unknown
    readonly tax_exempt?: string
    readonly tax_ids?: readonly TaxIdInput[]
  }
  readonly discounts?: readonly DiscountInput[] | ''
  readonly invoice_items?: readonly PreviewedItem[]
  readonly preview_mode?: 'next' | 'recurring'
  readonly schedule?: string
  readonly subscription?: string
  readonly subscription_details?: PreviewedChange
}
