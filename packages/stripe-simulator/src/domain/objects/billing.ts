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
