import type { Metadata, StripeObject } from './base.ts'
import type { TrialSettings } from './subscription.ts'

/** One line of a Checkout Session (`item` in Stripe's words). */
export interface CheckoutItem extends StripeObject {
  readonly object: 'item'
  readonly amount_discount: number
  readonly amount_subtotal: number
  readonly amount_tax: number
  readonly amount_total: number
  readonly currency: string
  readonly description: string | null
  readonly price: { readonly id: string; readonly [field: string]: unknown }
  /** Null where a meter counts. */
  readonly quantity: number | null
}

export interface CheckoutSession extends StripeObject {
  readonly object: 'checkout.session'
  readonly allow_promotion_codes: boolean | null
  readonly amount_subtotal: number | null
  readonly amount_total: number | null
  readonly automatic_tax: AutomaticTax
  readonly cancel_url: string | null
  readonly client_reference_id: string | null
  readonly client_secret: string | null
  readonly created: number
  readonly currency: string | null
  readonly customer: string | null
  readonly customer_creation: 'always' | 'if_required' | null
  readonly customer_details: Readonly<Record<string, unknown>> | null
  readonly customer_email: string | null
  readonly discounts: readonly { readonly coupon: string | null; readonly promotion_code: string | null }[] | null
  readonly expires_at: number
  readonly invoice: string | null
  readonly invoice_creation: InvoiceCreation | null
  readonly metadata: Metadata
  readonly mode: 'payment' | 'setup' | 'subscription'
  readonly payment_intent: string | null
  readonly payment_method_collection: 'always' | 'if_required' | null
  readonly payment_status: 'no_payment_required' | 'paid' | 'unpaid'
  readonly setup_intent: string | null
  readonly status: 'open' | 'complete' | 'expired'
  readonly submit_type: string | null
  readonly subscription: string | null
  readonly success_url: string | null
  readonly tax_id_collection?: { readonly enabled: boolean; readonly required: string }
  readonly ui_mode: 'elements' | 'embedded_page' | 'form' | 'hosted_page'
  readonly url: string | null
  readonly $items: readonly CheckoutItem[]
  readonly $subscriptionData?: SubscriptionData
  readonly $paymentIntentData?: IntentData
  readonly $setupIntentData?: IntentData
  readonly $customerUpdate?: CustomerUpdate
  /** The intent and customer of attempts before the session is complete. */
  readonly $attempt?: { readonly intent?: string; readonly customer?: string; readonly createdCustomer?: boolean }
}

export interface AutomaticTax {
  readonly enabled: boolean
  readonly liability: { readonly type: string } | null
  readonly provider: string | null
  readonly status: 'complete' | 'requires_location_inputs' | null
}

export interface InvoiceCreation {
  readonly enabled: boolean
  readonly invoice_data: {
    readonly custom_fields: readonly { readonly name: string; readonly value: string }[] | null
    readonly description: string | null
    readonly footer: string | null
    readonly metadata: Metadata | null
    readonly [field: string]: unknown
  }
}

export interface SubscriptionData {
  readonly application_fee_percent?: number
  readonly billing_cycle_anchor?: number
  readonly description?: string
  readonly metadata?: Metadata
  readonly on_behalf_of?: string
  readonly proration_behavior?: 'create_prorations' | 'none'
  readonly transfer_data?: { readonly amount_percent?: number; readonly destination: string }
  readonly trial_end?: number
  readonly trial_period_days?: number
  readonly trial_settings?: TrialSettings
}

/** Which of the customer's fields a completed session overwrites with what the buyer typed. */
export interface CustomerUpdate {
  readonly address?: 'auto' | 'never'
  readonly name?: 'auto' | 'never'
  readonly shipping?: 'auto' | 'never'
}

/** What a session hands on to the intent it makes. */
export interface IntentData {
  readonly application_fee_amount?: number
  readonly description?: string
  readonly metadata?: Metadata
  readonly on_behalf_of?: string
  readonly receipt_email?: string
  readonly setup_future_usage?: 'off_session' | 'on_session'
  readonly statement_descriptor?: string
  readonly statement_descriptor_suffix?: string
  readonly transfer_data?: { readonly amount?: number; readonly destination: string }
  readonly transfer_group?: string
}
