import type { ApiList, Metadata, StripeObject } from './base.ts'
import type { Interval, Price } from './catalog.ts'

export type SubscriptionStatus =
  | 'active'
  | 'canceled'
  | 'incomplete'
  | 'incomplete_expired'
  | 'past_due'
  | 'paused'
  | 'trialing'
  | 'unpaid'

export interface SubscriptionItem extends StripeObject {
  readonly object: 'subscription_item'
  readonly created: number
  readonly current_period_end: number
  readonly current_period_start: number
  readonly metadata: Metadata
  readonly price: Price
  /** Absent where a meter counts. */
  readonly quantity?: number
  readonly subscription: string
}

export interface CancellationDetails {
  readonly comment: string | null
  readonly feedback: string | null
  readonly feedback_option: string | null
  readonly reason: string | null
}

export interface TrialSettings {
  readonly end_behavior: {
    readonly billing_cycle_anchor?: 'now' | 'unchanged' | null
    readonly missing_payment_method: 'cancel' | 'create_invoice' | 'pause'
  }
}

/** A change that happens when its invoice is paid. */
export interface PendingUpdate {
  readonly billing_cycle_anchor: number | null
  readonly expires_at: number
  readonly subscription_items: readonly SubscriptionItem[]
  readonly [field: string]: unknown
}

/** Where periods begin: a day of the month, at a time of the day. */
export interface AnchorConfig {
  readonly day_of_month: number
  readonly hour: number | null
  readonly minute: number | null
  readonly month: number | null
  readonly second: number | null
}

export interface BillingMode {
  readonly type: 'classic' | 'flexible'
  readonly flexible: { readonly proration_discounts: 'included' } | null
  /** When it was migrated. */
  readonly updated_at?: number
}

export interface Subscription extends StripeObject {
  readonly object: 'subscription'
  readonly application_fee_percent: number | null
  readonly automatic_tax: { readonly enabled: boolean; readonly [field: string]: unknown }
  readonly billing_cycle_anchor: number
  readonly billing_cycle_anchor_config: AnchorConfig | null
  readonly billing_mode: BillingMode
  readonly cancel_at: number | null
  readonly cancel_at_period_end: boolean
  readonly canceled_at: number | null
  readonly cancellation_details: CancellationDetails
  readonly collection_method: 'charge_automatically' | 'send_invoice'
  readonly created: number
  readonly currency: string
  readonly customer: string
  readonly days_until_due: number | null
  readonly default_payment_method: string | null
  readonly description: string | null
  readonly discounts: readonly string[]
  readonly ended_at: number | null
  readonly items: ApiList<SubscriptionItem>
  readonly latest_invoice: string | null
  readonly metadata: Metadata
  readonly on_behalf_of: string | null
  readonly next_pending_invoice_item_invoice: number | null
  readonly pause_collection: { readonly behavior: string; readonly resumes_at: number | null } | null
  readonly pending_invoice_item_interval: { readonly interval: Interval; readonly interval_count: number } | null
  readonly pending_setup_intent: string | null
  readonly pending_update: PendingUpdate | null
  readonly schedule: string | null
  readonly start_date: number
  readonly status: SubscriptionStatus
  readonly transfer_data: { readonly amount_percent: number | null; readonly destination: string } | null
  readonly test_clock: string | null
  readonly trial_end: number | null
  readonly trial_settings: TrialSettings | null
  readonly trial_start: number | null
  /** False where the time before the first full period is free. */
  readonly $prorates?: boolean
  readonly $trialEndAnnounced?: boolean
  /** The features that its products gave it, and what of it that was for: its prices and its period. */
  readonly $entitled?: { readonly terms: string; readonly features: readonly string[] }
  /** The renewal that `invoice.upcoming` has announced. */
  readonly $announcedEnd?: number
  /** The invoice that the pending update waits for. */
  readonly $pendingInvoice?: string
  /** When a pause that was made for a time is over. */
  readonly $pausedUntil?: number
  /** Pausing gave back what was left of the period. */
  readonly $pauseCredited?: boolean
  /** Until when what a meter counted is billed already. */
  readonly $usageBilledUntil?: number
  /** The invoice that a paused subscription waits for, and how long. */
  readonly $resumption?: { readonly invoice: string; readonly until: number }
}
