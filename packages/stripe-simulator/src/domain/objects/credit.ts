import type { Metadata, StripeObject } from './base.ts'

/** What billing credits are worth. */
export interface CreditAmount {
  readonly monetary: { readonly currency: string; readonly value: number }
  readonly type: 'monetary'
}

export interface CreditScope {
  readonly price_type?: 'metered'
  readonly prices?: readonly { readonly id: string }[]
}

export interface CreditGrant extends StripeObject {
  readonly object: 'billing.credit_grant'
  readonly amount: CreditAmount
  readonly applicability_config: { readonly scope: CreditScope }
  readonly category: 'paid' | 'promotional'
  readonly created: number
  readonly customer: string
  readonly effective_at: number
  readonly expires_at: number | null
  readonly metadata: Metadata
  readonly name: string | null
  readonly priority: number
  readonly updated: number
  readonly voided_at: number | null
}

interface OnInvoice {
  readonly invoice: string
  readonly invoice_line_item: string
}

/** One movement of a grant's credits: in, or out. */
export interface CreditBalanceTransaction extends StripeObject {
  readonly object: 'billing.credit_balance_transaction'
  readonly created: number
  readonly credit: {
    readonly amount: CreditAmount
    readonly credits_application_invoice_voided: OnInvoice | null
    readonly type: 'credits_application_invoice_voided' | 'credits_granted'
  } | null
  readonly credit_grant: string
  readonly debit: {
    readonly amount: CreditAmount
    readonly credits_applied: OnInvoice | null
    readonly type: 'credits_applied' | 'credits_expired' | 'credits_voided'
  } | null
  readonly effective_at: number
  readonly type: 'credit' | 'debit'
  readonly $customer: string
}
