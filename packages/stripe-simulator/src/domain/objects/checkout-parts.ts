import type { Metadata, StripeObject } from './base.ts'

/** An address as Stripe shows it: every field, null where nothing was said. */
export interface PostalAddress {
  readonly city: string | null
  readonly country: string | null
  readonly line1: string | null
  readonly line2: string | null
  readonly postal_code: string | null
  readonly state: string | null
}

/** Somebody at an address. */
export interface Contact {
  readonly name: string
  readonly address: PostalAddress
}

export interface AdjustableQuantity {
  readonly enabled: boolean
  readonly maximum: number | null
  readonly minimum: number | null
}

interface TypedField {
  readonly default_value: string | null
  readonly maximum_length: number | null
  readonly minimum_length: number | null
  readonly value: string | null
}

/** A question of the business's own. Only the part of its type is there. */
export interface CustomField {
  readonly key: string
  readonly label: { readonly custom: string | null; readonly type: 'custom' }
  readonly optional: boolean
  readonly type: 'dropdown' | 'numeric' | 'text'
  readonly dropdown?: {
    readonly default_value: string | null
    readonly options: readonly { readonly label: string; readonly value: string }[]
    readonly value: string | null
  }
  readonly numeric?: TypedField
  readonly text?: TypedField
}

export interface CustomText {
  readonly after_submit: Sentence | null
  readonly shipping_address: Sentence | null
  readonly submit: Sentence | null
  readonly terms_of_service_acceptance: Sentence | null
}

export interface Sentence {
  readonly message: string
}

export interface ConsentCollection {
  readonly payment_method_reuse_agreement: { readonly position: 'auto' | 'hidden' } | null
  readonly promotions: 'auto' | 'none' | null
  readonly terms_of_service: 'none' | 'required' | null
}

export interface NameSetting {
  readonly enabled: boolean
  readonly optional: boolean
}

export interface OptionalItem {
  readonly adjustable_quantity: AdjustableQuantity | null
  readonly price: string
  readonly quantity: number
}

export interface SavedMethodOptions {
  readonly allow_redisplay_filters: readonly ('always' | 'limited' | 'unspecified')[] | null
  readonly payment_method_remove: 'disabled' | 'enabled' | null
  readonly payment_method_save: 'disabled' | 'enabled' | null
}

export interface BrandingSettings {
  readonly background_color: string
  readonly border_style: 'pill' | 'rectangular' | 'rounded'
  readonly button_color: string
  readonly display_name: string
  readonly font_family: string
  readonly icon: null
  readonly logo: null
}

export interface Recovery {
  readonly recovery: {
    readonly allow_promotion_codes: boolean
    readonly enabled: boolean
    readonly expires_at: number | null
    readonly url: string | null
  } | null
}

export interface ShippingCost {
  readonly amount_subtotal: number
  readonly amount_tax: number
  readonly amount_total: number
  readonly shipping_rate: string | null
}

export interface ShippingOption {
  readonly shipping_amount: number
  readonly shipping_rate: string
}

type DeliveryBound = { readonly unit: string; readonly value: number } | null

export interface ShippingRate extends StripeObject {
  readonly object: 'shipping_rate'
  readonly active: boolean
  readonly created: number
  readonly delivery_estimate: { readonly maximum: DeliveryBound; readonly minimum: DeliveryBound } | null
  readonly display_name: string
  readonly fixed_amount: { readonly amount: number; readonly currency: string }
  readonly metadata: Metadata
  readonly tax_behavior: 'exclusive' | 'inclusive' | 'unspecified'
}

export interface CollectedInformation {
  readonly business_name: string | null
  readonly individual_name: string | null
  readonly shipping_details: Contact | null
}
