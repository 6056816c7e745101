import type { MetadataInput } from '../../domain/metadata.ts'

export interface TaxAmountInput {
  readonly amount: number
  readonly tax_rate: string
  readonly taxable_amount: number
}

export interface CreditLineInput {
  readonly amount?: number
  readonly description?: string
  readonly invoice_line_item?: string
  readonly metadata?: MetadataInput
  readonly quantity?: number
  readonly tax_amounts?: readonly TaxAmountInput[] | ''
  readonly tax_rates?: readonly string[] | ''
  readonly type: 'custom_line_item' | 'invoice_line_item'
  readonly unit_amount?: number
  readonly unit_amount_decimal?: string
}

export interface LinkedRefundInput {
  readonly amount_refunded?: number
  readonly payment_record_refund?: unknown
  readonly refund?: string
  readonly type?: 'payment_record_refund' | 'refund'
}

export interface CreditNoteInput {
  readonly amount?: number
  readonly credit_amount?: number
  readonly effective_at?: number
  readonly invoice: string
  readonly lines?: readonly CreditLineInput[]
  readonly memo?: string
  readonly metadata?: MetadataInput
  readonly out_of_band_amount?: number
  readonly reason?: string
  readonly refund_amount?: number
  readonly refunds?: readonly LinkedRefundInput[]
}
