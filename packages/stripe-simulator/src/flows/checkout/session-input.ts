import type { MetadataInput } from '../../domain/metadata.ts'
import type {
  CheckoutSession,
  CustomerUpdate,
  IntentData,
  InvoiceCreation,
  SubscriptionData,
} from '../../domain/objects/checkout.ts'
import type { LineInput } from './lines.ts'

export interface SessionInput {
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
  readonly setup_intent_data?: IntentData
  readonly submit_type?: string
  readonly subscription_data?: SubscriptionData
  readonly success_url?: string
  readonly tax_id_collection?: { readonly enabled: boolean; readonly required?: string }
  readonly ui_mode?: CheckoutSession['ui_mode']
}
