import type { Metadata, StripeObject } from './base.ts'
import type { Interval } from './catalog.ts'

export interface PhaseItem {
  readonly price: string
  readonly quantity?: number
  readonly metadata: Metadata
  readonly [field: string]: unknown
}

export interface Phase {
  readonly start_date: number
  readonly end_date: number
  readonly currency: string
  readonly items: readonly PhaseItem[]
  readonly metadata: Metadata
  readonly proration_behavior: 'always_invoice' | 'create_prorations' | 'none'
  readonly [field: string]: unknown
}

export interface SubscriptionSchedule extends StripeObject {
  readonly object: 'subscription_schedule'
  readonly canceled_at: number | null
  readonly completed_at: number | null
  readonly created: number
  readonly current_phase: { readonly start_date: number; readonly end_date: number } | null
  readonly customer: string
  readonly end_behavior: 'cancel' | 'none' | 'release' | 'renew'
  readonly metadata: Metadata
  readonly phases: readonly Phase[]
  readonly released_at: number | null
  readonly released_subscription: string | null
  readonly status: 'active' | 'canceled' | 'completed' | 'not_started' | 'released'
  readonly subscription: string | null
}

export interface PhaseInput {
  readonly duration?: { readonly interval: Interval; readonly interval_count?: number }
  readonly end_date?: number
  readonly items: readonly { readonly price?: string; readonly quantity?: number; readonly metadata?: Metadata }[]
  readonly metadata?: Metadata
  readonly proration_behavior?: Phase['proration_behavior']
  readonly start_date?: number
}
