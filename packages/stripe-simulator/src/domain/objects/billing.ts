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
