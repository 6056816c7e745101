import type { StripeObject } from './base.ts'

export interface Meter extends StripeObject {
  readonly object: 'billing.meter'
  readonly created: number
  readonly customer_mapping: { readonly event_payload_key: string; readonly type: 'by_id' }
  readonly default_aggregation: { readonly formula: 'count' | 'last' | 'sum' }
  readonly display_name: string
  readonly event_name: string
  readonly status: 'active' | 'inactive'
  readonly status_transitions: { readonly deactivated_at: number | null }
  readonly updated: number
  readonly value_settings: { readonly event_payload_key: string }
}

/** Something a customer used. Stripe gives it no id but its identifier. */
export interface MeterEvent extends StripeObject {
  readonly object: 'billing.meter_event'
  readonly created: number
  readonly event_name: string
  readonly identifier: string
  readonly payload: Readonly<Record<string, string>>
  readonly timestamp: number
  readonly $customer: string
  readonly $meter: string
  readonly $value: number
  readonly $canceled?: boolean
}

/** Lets usage be streamed for a quarter of an hour. */
export interface MeterEventSession extends StripeObject {
  readonly object: 'v2.billing.meter_event_session'
  readonly authentication_token: string
  readonly created: string
  readonly expires_at: string
  readonly $expiresAt: number
}

/** Why a streamed event was not counted. Stripe tells it in a thin event, later; the simulator keeps it to be looked at. */
export interface MeterEventError extends StripeObject {
  readonly object: 'simulator.meter_event_error'
  readonly code: string
  readonly created: number
  readonly event: unknown
  readonly message: string
}

export interface UsageThreshold {
  readonly filters: readonly { readonly customer: string | null; readonly type: 'customer' }[] | null
  readonly gte: number
  readonly meter: string
  readonly recurrence: 'one_time'
}

/** Tells when a customer's use of a meter reaches a threshold: once for each customer. */
export interface Alert extends StripeObject {
  readonly object: 'billing.alert'
  readonly alert_type: 'usage_threshold'
  readonly status: 'active' | 'archived' | 'inactive'
  readonly title: string
  readonly usage_threshold: UsageThreshold
  /** Only what is reported from here on counts: the meter events that were there before. */
  readonly $since: number
  /** The customers it has told of. */
  readonly $told: readonly string[]
}

/** A reason for leaving, in the account's own words. */
export interface FeedbackOption extends StripeObject {
  readonly object: 'billing.feedback_option'
  readonly description: string
  readonly status: 'active' | 'inactive'
  readonly status_transitions: { readonly deactivated_at: number | null }
}
