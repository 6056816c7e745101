import type { ApiList, Metadata, StripeObject } from './base.ts'
import type { LineTax, TaxRate } from './tax.ts'

export interface Period {
  readonly start: number
  readonly end: number
}

/** What a position costs each, and by which price; one without a price has its amount only. */
export interface Pricing {
  readonly type: 'price_details'
  readonly price_details?: { readonly price: string; readonly product: string }
  readonly unit_amount_decimal: string | null
}

/** What a line was made of: an item of a subscription, or a position of its own. */
export interface LineParent {
  readonly type: 'invoice_item_details' | 'subscription_item_details'
  readonly invoice_item_details: {
    readonly invoice_item: string
    readonly proration: boolean
    readonly [field: string]: unknown
  } | null
  readonly subscription_item_details: {
    readonly subscription_item: string
    readonly [field: string]: unknown
  } | null
}

/** How a line is taxed, where it is not as its item or its invoice says. */
export interface LineTaxTerms {
  readonly rates?: readonly string[]
  /** Taxes that somebody else worked out. */
  readonly amounts?: readonly LineTax[]
}

/** A line before it has an id and an invoice. */
export interface LineDraft {
  readonly object: 'line_item'
  readonly amount: number
  readonly currency: string
  readonly description: string | null
  readonly discount_amounts: readonly { readonly amount: number; readonly discount: string }[]
  readonly discountable: boolean
  readonly discounts: readonly string[]
  readonly metadata: Metadata
  readonly parent: LineParent
  readonly period: Period
  readonly pricing: Pricing | null
  readonly quantity: number | null
  readonly subscription: string | null
  readonly subtotal: number
  readonly [field: string]: unknown
}

export interface InvoiceLine extends LineDraft {
  readonly id: string
  readonly invoice: string
}

/** How an invoice's payment is shared with connected accounts, while its amount may still change. */
export interface InvoiceTerms {
  readonly application_fee_amount?: number
  readonly application_fee_percent?: number
  readonly transfer_data?: {
    readonly amount?: number
    readonly amount_percent?: number
    readonly destination: string
  }
}

export interface Invoice extends StripeObject {
  readonly object: 'invoice'
  readonly amount_due: number
  readonly amount_paid: number
  readonly amount_remaining: number
  readonly attempt_count: number
  readonly attempted: boolean
  readonly auto_advance: boolean
  readonly automatic_tax: { readonly enabled: boolean; readonly [field: string]: unknown }
  readonly automatically_finalizes_at: number | null
  readonly billing_reason: string | null
  readonly collection_method: 'charge_automatically' | 'send_invoice'
  readonly created: number
  readonly currency: string
  readonly customer: string
  readonly default_payment_method: string | null
  readonly default_tax_rates: readonly TaxRate[]
  readonly description: string | null
  readonly discounts: readonly string[]
  readonly due_date: number | null
  readonly effective_at: number | null
  readonly ending_balance: number | null
  readonly hosted_invoice_url: string | null
  readonly lines: ApiList<InvoiceLine>
  readonly metadata: Metadata
  readonly next_payment_attempt: number | null
  readonly number: string | null
  readonly on_behalf_of: string | null
  readonly post_payment_credit_notes_amount: number
  readonly pre_payment_credit_notes_amount: number
  readonly parent: {
    readonly type: 'subscription_details'
    readonly subscription_details: { readonly subscription: string; readonly metadata: Metadata | null }
    readonly quote_details: null
  } | null
  readonly period_end: number
  readonly period_start: number
  readonly starting_balance: number
  readonly status: 'draft' | 'open' | 'paid' | 'uncollectible' | 'void'
  readonly status_transitions: {
    readonly finalized_at: number | null
    readonly marked_uncollectible_at: number | null
    readonly paid_at: number | null
    readonly voided_at: number | null
  }
  readonly subtotal: number
  readonly total: number
  readonly $terms?: InvoiceTerms
  readonly webhooks_delivered_at: number | null
  /** Whose attempt the debit that is on its way is: the schedule's, or somebody's. */
  readonly $debited?: 'automatically' | 'by hand'
  /** How many places of the retry schedule are used. */
  readonly $retries?: number
  /** Lines that are taxed by terms of their own, by id. */
  readonly $lineTaxes?: Readonly<Record<string, LineTaxTerms>>
  /** The announcements of its due date that were made. */
  readonly $announced?: readonly string[]
  readonly total_discount_amounts: readonly { readonly amount: number; readonly discount: string }[] | null
}

export interface InvoicePayment extends StripeObject {
  readonly object: 'invoice_payment'
  readonly amount_paid: number | null
  readonly amount_requested: number
  readonly created: number
  readonly currency: string
  readonly invoice: string
  readonly is_default: boolean
  readonly payment: { readonly type: 'payment_intent'; readonly payment_intent: string }
  readonly status: 'open' | 'paid' | 'canceled'
  readonly status_transitions: { readonly canceled_at: number | null; readonly paid_at: number | null }
}

export interface InvoiceItem extends StripeObject {
  readonly object: 'invoiceitem'
  readonly amount: number
  readonly currency: string
  readonly customer: string
  readonly date: number
  readonly description: string | null
  readonly discountable: boolean
  readonly discounts: readonly string[]
  readonly invoice: string | null
  readonly metadata: Metadata
  readonly period: Period
  readonly pricing: Pricing | null
  readonly proration: boolean
  readonly quantity: number
  readonly quantity_decimal: string
  readonly parent: unknown
  readonly tax_rates: readonly TaxRate[]
  readonly $inclusive?: boolean
  readonly $subscription?: string
  readonly $subscriptionItem?: string
}
