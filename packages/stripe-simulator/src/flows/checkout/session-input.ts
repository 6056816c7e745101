import type { MetadataInput } from '../../domain/metadata.ts'
import type {
  CheckoutSession,
  CustomerUpdate,
  IntentData,
  InvoiceCreation,
  SubscriptionData,
} from '../../domain/objects/checkout.ts'
import type {
  AdjustableQuantity,
  BrandingSettings,
  ConsentCollection,
  CustomText,
  NameSetting,
  SavedMethodOptions,
} from '../../domain/objects/checkout-parts.ts'
import type { MethodTypeInput } from '../payments/method-types.ts'
import type { CustomFieldInput } from './custom-fields.ts'
import type { LineInput } from './lines.ts'
import type { ShippingInput } from './shipping.ts'

export interface OptionalItemInput {
  readonly adjustable_quantity?: Partial<AdjustableQuantity>
  readonly price: string
  readonly quantity: number
}

type NameInput = Partial<NameSetting> & Pick<NameSetting, 'enabled'>

/** What a session asks of its buyer beside the payment. */
interface AskedInput {
  readonly after_expiration?: {
    readonly recovery?: { readonly allow_promotion_codes?: boolean; readonly enabled: boolean }
  }
  readonly branding_settings?: Partial<BrandingSettings>
  readonly consent_collection?: Partial<ConsentCollection>
  readonly custom_fields?: readonly CustomFieldInput[]
  readonly custom_text?: { readonly [place in keyof CustomText]?: (CustomText[place] & object) | '' }
  readonly name_collection?: { readonly business?: NameInput; readonly individual?: NameInput }
  readonly optional_items?: readonly OptionalItemInput[]
  readonly permissions?: Partial<NonNullable<CheckoutSession['permissions']>>
  readonly phone_number_collection?: { readonly enabled: boolean }
  readonly saved_payment_method_options?: Partial<SavedMethodOptions>
  readonly shipping_address_collection?: { readonly allowed_countries: readonly string[] }
  readonly shipping_options?: readonly ShippingInput[]
}

export interface SessionInput extends AskedInput, MethodTypeInput {
  readonly adaptive_pricing?: { readonly enabled?: boolean }
  readonly allow_promotion_codes?: boolean
  readonly automatic_tax?: { readonly enabled: boolean }
  readonly billing_address_collection?: string
  readonly cancel_url?: string
  readonly client_reference_id?: string
  readonly currency?: string
  readonly customer?: string
  readonly customer_creation?: 'always' | 'if_required'
  readonly customer_email?: string
  readonly customer_update?: CustomerUpdate
  readonly discounts?: readonly { readonly coupon?: string; readonly promotion_code?: string }[]
  readonly expires_at?: number
  readonly invoice_creation?: InvoiceCreation
  readonly line_items?: readonly LineInput[]
  readonly locale?: string
  readonly metadata?: MetadataInput
  readonly mode?: CheckoutSession['mode']
  readonly payment_intent_data?: IntentData
  readonly payment_method_collection?: 'always' | 'if_required'
  readonly payment_method_options?: { readonly card?: Readonly<Record<string, unknown>> }
  readonly redirect_on_completion?: 'always' | 'if_required' | 'never'
  readonly return_url?: string
  readonly setup_intent_data?: IntentData
  readonly submit_type?: string
  readonly subscription_data?: SubscriptionData
  readonly success_url?: string
  readonly tax_id_collection?: { readonly enabled: boolean; readonly required?: string }
  readonly ui_mode?: CheckoutSession['ui_mode']
}
