import type { Metadata, StripeObject } from './base.ts'

export interface StripeEvent extends StripeObject {
  readonly object: 'event'
  /** The connected account that it happened in. */
  readonly account?: string
  readonly api_version: string
  readonly created: number
  readonly data: { readonly object: StripeObject; readonly previous_attributes?: Readonly<Record<string, unknown>> }
  readonly pending_webhooks: number
  readonly request: { readonly id: string | null; readonly idempotency_key: string | null }
  readonly type: string
  /** When it happened by the account's own time: a test clock's may be long past. */
  readonly $happenedAt: number
  /** The endpoints that have not answered with 2xx yet. */
  readonly $undelivered?: readonly string[]
  /** What it carries in the older versions of its endpoints. */
  readonly $older?: Readonly<Record<string, StripeEvent['data']>>
}

export interface WebhookEndpoint extends StripeObject {
  readonly object: 'webhook_endpoint'
  readonly api_version: string | null
  readonly created: number
  readonly enabled_events: readonly string[]
  readonly metadata: Metadata
  readonly status: 'enabled' | 'disabled'
  readonly url: string
  /** It hears of connected accounts instead of its own. */
  readonly $connect?: boolean
  readonly $secret: string
  /** Secrets that it had before, and how long each still signs; there at all when the secret was ever rolled. */
  readonly $retired?: readonly { readonly secret: string; readonly until: number }[]
}

export interface PortalProduct {
  readonly product: string
  readonly prices: readonly string[]
  readonly adjustable_quantity: {
    readonly enabled: boolean
    readonly maximum: number | null
    readonly minimum: number
  }
}

export interface PortalConfiguration extends StripeObject {
  readonly object: 'billing_portal.configuration'
  readonly active: boolean
  readonly created: number
  readonly default_return_url: string | null
  readonly features: PortalFeatures
  readonly is_default: boolean
  readonly login_page: { readonly enabled: boolean; readonly url: string | null }
  readonly updated: number
  /** Shown only where they are expanded. */
  readonly $products?: readonly PortalProduct[]
}

export type CustomerPart = 'address' | 'email' | 'name' | 'phone' | 'shipping' | 'tax_id'

export interface PauseInterval {
  readonly interval: 'day' | 'month' | 'week' | 'year'
  readonly interval_count: number
}

export interface PortalFeatures {
  readonly customer_update: { readonly enabled: boolean; readonly allowed_updates: readonly CustomerPart[] }
  readonly invoice_history: { readonly enabled: boolean }
  readonly payment_method_update: { readonly enabled: boolean }
  readonly subscription_cancel: {
    readonly enabled: boolean
    readonly mode: 'at_period_end' | 'immediately'
    readonly cancellation_reason: {
      readonly enabled: boolean
      readonly feedback_options: readonly string[] | null
      readonly options: readonly string[]
    }
    readonly proration_behavior: 'create_prorations' | 'none'
  }
  readonly subscription_pause: {
    readonly enabled: boolean
    readonly duration: {
      readonly type: 'indefinite' | 'interval_options'
      readonly interval_options: readonly PauseInterval[]
    }
  }
  readonly subscription_update: {
    readonly enabled: boolean
    readonly billing_cycle_anchor: 'now' | 'unchanged' | null
    readonly default_allowed_updates: readonly string[]
    readonly schedule_at_period_end: {
      readonly conditions: readonly { readonly type: 'decreasing_item_amount' | 'shortening_interval' }[]
    }
    readonly trial_update_behavior: 'continue_trial' | 'end_trial'
    readonly proration_behavior: 'always_invoice' | 'create_prorations' | 'none'
  }
  readonly [feature: string]: unknown
}

export interface PortalSession extends StripeObject {
  readonly object: 'billing_portal.session'
  readonly configuration: string
  readonly created: number
  readonly customer: string
  readonly flow: { readonly type: string; readonly [field: string]: unknown } | null
  readonly return_url: string | null
  readonly url: string
}

export interface BalanceTransaction extends StripeObject {
  readonly object: 'balance_transaction'
  readonly amount: number
  readonly created: number
  readonly currency: string
  readonly fee: number
  readonly net: number
  readonly source: string | null
}

export interface ConfirmationToken extends StripeObject {
  readonly object: 'confirmation_token'
  readonly created: number
  readonly mandate_data: null
  readonly payment_intent: string | null
  readonly return_url: string | null
  readonly setup_future_usage: 'off_session' | 'on_session' | null
  readonly setup_intent: string | null
  /** The method that the token stands for, kept back until the token is used. */
  readonly $paymentMethod: string
}
