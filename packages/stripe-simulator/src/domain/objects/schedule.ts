import type { Metadata, StripeObject } from './base.ts'
import type { Interval } from './catalog.ts'
import type { BillingMode } from './subscription.ts'

export interface PhaseItem {
  readonly price: string
  readonly quantity?: number
  readonly metadata: Metadata
  readonly [field: string]: unknown
}

export interface PhaseDiscount {
  readonly coupon: string | null
  readonly discount: string | null
  readonly promotion_code: string | null
}

export interface PhaseInvoiceItem {
  readonly discountable: boolean
  readonly metadata: Metadata
  readonly price: string
  readonly quantity: number
  readonly [field: string]: unknown
}

/** What phases and a schedule's defaults both can say. */
export interface PhaseTerms {
  readonly automatic_tax?: { readonly enabled: boolean; readonly [field: string]: unknown }
  readonly billing_cycle_anchor: 'automatic' | 'phase_start' | null
  readonly collection_method: 'charge_automatically' | 'send_invoice' | null
  readonly default_payment_method: string | null
  readonly description: string | null
  readonly invoice_settings: { readonly days_until_due: number | null; readonly [field: string]: unknown } | null
}

export interface Phase extends PhaseTerms {
  readonly add_invoice_items: readonly PhaseInvoiceItem[]
  readonly currency: string
  readonly discounts: readonly PhaseDiscount[]
  readonly end_date: number
  readonly items: readonly PhaseItem[]
  readonly metadata: Metadata
  readonly proration_behavior: 'always_invoice' | 'create_prorations' | 'none'
  readonly start_date: number
  readonly trial?: boolean
  readonly trial_end: number | null
  readonly [field: string]: unknown
}

export interface SubscriptionSchedule extends StripeObject {
  readonly object: 'subscription_schedule'
  readonly billing_mode: BillingMode
  readonly canceled_at: number | null
  readonly completed_at: number | null
  readonly created: number
  readonly current_phase: { readonly start_date: number; readonly end_date: number } | null
  readonly customer: string
  readonly default_settings: PhaseTerms & { readonly [field: string]: unknown }
  readonly end_behavior: 'cancel' | 'none' | 'release' | 'renew'
  readonly metadata: Metadata
  readonly phases: readonly Phase[]
  readonly released_at: number | null
  readonly released_subscription: string | null
  readonly status: 'active' | 'canceled' | 'completed' | 'not_started' | 'released'
  readonly subscription: string | null
  readonly test_clock: string | null
  /** The end that `subscription_schedule.expiring` has announced. */
  readonly $announcedEnd?: number
}

export interface TermsInput {
  readonly automatic_tax?: { readonly enabled: boolean }
  readonly billing_cycle_anchor?: 'automatic' | 'phase_start'
  readonly collection_method?: 'charge_automatically' | 'send_invoice'
  readonly default_payment_method?: string
  readonly description?: string
  readonly invoice_settings?: { readonly days_until_due?: number }
}

type DiscountInput = Partial<Record<'coupon' | 'discount' | 'promotion_code', string>>

export interface InvoiceItemInput {
  readonly discountable?: boolean
  readonly metadata?: Metadata
  readonly price?: string
  readonly price_data?: { readonly currency: string; readonly product: string; readonly unit_amount?: number }
  readonly quantity?: number
}

export interface PhaseInput extends TermsInput {
  readonly add_invoice_items?: readonly InvoiceItemInput[]
  readonly currency?: string
  readonly discounts?: readonly DiscountInput[] | ''
  readonly duration?: { readonly interval: Interval; readonly interval_count?: number }
  readonly end_date?: number | 'now'
  readonly items: readonly { readonly price?: string; readonly quantity?: number; readonly metadata?: Metadata }[]
  readonly metadata?: Metadata
  readonly proration_behavior?: Phase['proration_behavior']
  readonly start_date?: number | 'now'
  readonly trial?: boolean
  readonly trial_end?: number | 'now'
}
