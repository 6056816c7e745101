import type { ApiList, Metadata, StripeObject } from './base.ts'
import type { LineTax, TaxRate } from './tax.ts'

export type BalanceTransactionType =
  | 'adjustment'
  | 'applied_to_invoice'
  | 'credit_note'
  | 'initial'
  | 'invoice_too_large'
  | 'invoice_too_small'
  | 'unapplied_from_invoice'

/** One entry of a customer's balance: negative in the customer's favour. */
export interface CustomerBalanceTransaction extends StripeObject {
  readonly object: 'customer_balance_transaction'
  readonly amount: number
  readonly created: number
  readonly credit_note: string | null
  readonly currency: string
  readonly customer: string
  readonly description: string | null
  readonly ending_balance: number
  readonly invoice: string | null
  readonly metadata: Metadata
  readonly type: BalanceTransactionType
}

export interface DiscountAmount {
  readonly amount: number
  readonly discount: string
}

export interface PretaxCredit extends DiscountAmount {
  readonly type: 'discount'
}

export interface CreditNoteLine extends StripeObject {
  readonly object: 'credit_note_line_item'
  readonly amount: number
  readonly description: string | null
  readonly discount_amount: number
  readonly discount_amounts: readonly DiscountAmount[]
  readonly invoice_line_item?: string
  readonly pretax_credit_amounts: readonly PretaxCredit[]
  readonly quantity: number | null
  readonly tax_rates: readonly TaxRate[]
  readonly taxes: readonly LineTax[]
  readonly type: 'custom_line_item' | 'invoice_line_item'
}

export interface CreditNoteRefund {
  readonly amount_refunded: number
  readonly payment_record_refund: null
  readonly refund: string
  readonly type: 'refund'
}

export interface CreditNote extends StripeObject {
  readonly object: 'credit_note'
  readonly amount: number
  readonly created: number
  readonly currency: string
  readonly customer: string
  readonly customer_balance_transaction: string | null
  readonly invoice: string
  readonly lines: ApiList<CreditNoteLine>
  readonly memo: string | null
  readonly metadata: Metadata
  readonly number: string
  readonly out_of_band_amount: number | null
  readonly post_payment_amount: number
  readonly pre_payment_amount: number
  readonly reason: string | null
  readonly refunds: readonly CreditNoteRefund[]
  readonly status: 'issued' | 'void'
  readonly total: number
  readonly type: 'mixed' | 'post_payment' | 'pre_payment'
  readonly voided_at: number | null
}
