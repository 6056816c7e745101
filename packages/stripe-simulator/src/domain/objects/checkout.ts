import type { Metadata, StripeObject } from './base.ts'
import type { Interval } from './catalog.ts'
import type {
  AdjustableQuantity,
  BrandingSettings,
  CollectedInformation,
  ConsentCollection,
  Contact,
  CustomField,
  CustomText,
  NameSetting,
  OptionalItem,
  PostalAddress,
  Recovery,
  SavedMethodOptions,
  ShippingCost,
  ShippingOption,
} from './checkout-parts.ts'
import type { AnchorConfig, TrialSettings } from './subscription.ts'

/** One line of a Checkout Session (`item` in Stripe's words). */
export interface CheckoutItem extends StripeObject {
  readonly object: 'item'
  readonly adjustable_quantity: AdjustableQuantity | null
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
  readonly after_expiration: Recovery | null
  readonly allow_promotion_codes: boolean | null
  readonly amount_subtotal: number | null
  readonly amount_total: number | null
  readonly automatic_tax: AutomaticTax
  readonly billing_address_collection: 'auto' | 'required' | null
  readonly branding_settings?: BrandingSettings
  readonly cancel_url: string | null
  readonly client_reference_id: string | null
  readonly client_secret: string | null
  readonly collected_information: CollectedInformation | null
  readonly consent: {
    readonly promotions: 'opt_in' | 'opt_out' | null
    readonly terms_of_service: 'accepted' | null
  } | null
  readonly consent_collection: ConsentCollection | null
  readonly created: number
  readonly currency: string | null
  readonly custom_fields: readonly CustomField[]
  readonly custom_text: CustomText
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
  readonly name_collection?: { readonly business?: NameSetting; readonly individual?: NameSetting }
  readonly optional_items: readonly OptionalItem[] | null
  readonly payment_intent: string | null
  readonly payment_method_types: readonly string[]
  readonly payment_method_collection: 'always' | 'if_required' | null
  readonly payment_status: 'no_payment_required' | 'paid' | 'unpaid'
  readonly permissions: { readonly update_shipping_details: 'client_only' | 'server_only' | null } | null
  readonly phone_number_collection: { readonly enabled: boolean }
  readonly recovered_from: string | null
  readonly redirect_on_completion?: 'always' | 'if_required' | 'never'
  readonly return_url?: string
  readonly saved_payment_method_options: SavedMethodOptions | null
  readonly setup_intent: string | null
  readonly shipping_address_collection: { readonly allowed_countries: readonly string[] } | null
  readonly shipping_cost: ShippingCost | null
  readonly shipping_options: readonly ShippingOption[]
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
  /** What the session was made from, where an expired one can be taken up again. */
  readonly $input?: object
  /** The lines of the optional items that the buyer wants, by price. */
  readonly $taken?: Readonly<Record<string, string>>
  /** What a page has told of the buyer before they pay. */
  readonly $told?: BuyerTold
  /** The intent and customer of attempts before the session is complete. */
  readonly $attempt?: {
    readonly intent?: string
    readonly customer?: string
    readonly createdCustomer?: boolean
    readonly at?: number
  }
  /** From when on the subscription is billed in full, and whether the time before is billed. */
  readonly $anchor?: { readonly at: number; readonly config: AnchorConfig | null; readonly prorates: boolean }
}

/** What somebody has said about themselves so far; null where they have taken it back. */
export interface BuyerTold {
  readonly billing?: { readonly name: string | null; readonly address: PostalAddress } | null
  readonly businessName?: string | null
  readonly email?: string | null
  readonly individualName?: string | null
  readonly phone?: string | null
  readonly shipping?: Contact | null
  readonly taxId?: { readonly type: string; readonly value: string } | null
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

export interface AnchorConfigInput {
  readonly day_of_month: number
  readonly hour?: number
  readonly minute?: number
  readonly month?: number
  readonly second?: number
}

export interface SubscriptionData {
  readonly application_fee_percent?: number
  readonly billing_cycle_anchor?: number
  readonly billing_cycle_anchor_config?: AnchorConfigInput
  readonly billing_mode?: {
    readonly flexible?: { readonly proration_discounts?: 'included' | 'itemized' }
    readonly type: 'classic' | 'flexible'
  }
  readonly description?: string
  readonly metadata?: Metadata
  readonly on_behalf_of?: string
  readonly pending_invoice_item_interval?: { readonly interval: Interval; readonly interval_count?: number }
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
  readonly capture_method?: 'automatic' | 'automatic_async' | 'manual'
  readonly description?: string
  readonly metadata?: Metadata
  readonly on_behalf_of?: string
  readonly receipt_email?: string
  readonly shipping?: object
  readonly setup_future_usage?: 'off_session' | 'on_session'
  readonly statement_descriptor?: string
  readonly statement_descriptor_suffix?: string
  readonly transfer_data?: { readonly amount?: number; readonly destination: string }
  readonly transfer_group?: string
}
