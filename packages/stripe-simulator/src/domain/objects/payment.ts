import type { Refusal } from '../card.ts'
import type { Metadata, StripeObject } from './base.ts'

export interface PaymentError {
  readonly type: 'card_error' | 'invalid_request_error'
  readonly code: string
  readonly decline_code?: string
  readonly message: string
  readonly charge?: string
  readonly payment_method?: unknown
}

export interface NextAction {
  readonly type: 'redirect_to_url' | 'use_stripe_sdk' | 'verify_with_microdeposits'
  readonly redirect_to_url?: { readonly url: string; readonly return_url: string | null }
  readonly use_stripe_sdk?: Readonly<Record<string, unknown>>
  readonly verify_with_microdeposits?: {
    /** When the deposits are on the account. */
    readonly arrival_date: number
    readonly hosted_verification_url: string
    readonly microdeposit_type: 'amounts' | 'descriptor_code'
  }
}

export type IntentStatus =
  | 'requires_payment_method'
  | 'requires_confirmation'
  | 'requires_action'
  | 'processing'
  | 'succeeded'
  | 'canceled'

/** How a payment is shared with connected accounts. */
export interface ConnectTerms {
  readonly application_fee_amount: number | null
  readonly on_behalf_of: string | null
  readonly transfer_data: { readonly amount?: number | null; readonly destination: string } | null
  readonly transfer_group: string | null
}

/** What a seller wants of cards. */
export interface CardOptions {
  readonly capture_method?: 'manual'
  readonly network: string | null
  readonly request_incremental_authorization?: 'if_available' | 'never'
  readonly request_three_d_secure: 'any' | 'automatic' | 'challenge' | null
  readonly setup_future_usage?: 'none' | 'off_session' | 'on_session'
  readonly [option: string]: unknown
}

/** What a seller wants of each kind of method that is on offer. */
export interface MethodOptions {
  readonly card?: CardOptions
  readonly sepa_debit?: object
  readonly us_bank_account?: object
}

/** One position of what a payment is for. */
export interface AmountLineItem extends StripeObject {
  readonly object: 'payment_intent_amount_details_line_item'
  readonly discount_amount: number | null
  readonly quantity: number
  readonly tax: { readonly total_tax_amount: number } | null
  readonly unit_cost: number
}

export interface AmountDetails {
  readonly discount_amount?: number
  readonly error?: { readonly code: string | null; readonly message: string | null }
  readonly shipping?: {
    readonly amount: number | null
    readonly from_postal_code: string | null
    readonly to_postal_code: string | null
  }
  readonly tax?: { readonly total_tax_amount: number | null }
  readonly tip: object
}

export interface PaymentIntent extends StripeObject, ConnectTerms {
  readonly object: 'payment_intent'
  readonly amount: number
  readonly amount_capturable: number
  readonly amount_details: AmountDetails
  readonly amount_received: number
  readonly automatic_payment_methods: {
    readonly enabled: boolean
    readonly allow_redirects?: 'always' | 'never'
  } | null
  readonly capture_method: 'automatic' | 'automatic_async' | 'manual'
  readonly client_secret: string
  readonly confirmation_method: 'automatic' | 'manual'
  readonly created: number
  readonly currency: string
  readonly customer: string | null
  readonly description: string | null
  readonly last_payment_error: PaymentError | null
  readonly latest_charge: string | null
  readonly metadata: Metadata
  readonly next_action: NextAction | null
  readonly payment_method: string | null
  readonly payment_method_options: MethodOptions
  readonly payment_method_types: readonly string[]
  readonly receipt_email: string | null
  readonly setup_future_usage: 'off_session' | 'on_session' | null
  readonly status: IntentStatus | 'requires_capture'
  /** How often its authorization was tried to be raised. */
  readonly $increments?: number
  /** Shown only where they are expanded. */
  readonly $lineItems?: readonly AmountLineItem[]
  /** The method whose owner has proved who they are, while the server has yet to confirm. */
  readonly $proven?: string
  readonly $checkoutSession?: string
  readonly $invoice?: string
  /** When the owner of a bank account was asked for its microdeposits. */
  readonly $askedAt?: number
  readonly $returnUrl?: string
}

export interface SetupIntent extends StripeObject {
  readonly object: 'setup_intent'
  readonly automatic_payment_methods: {
    readonly enabled: boolean
    readonly allow_redirects?: 'always' | 'never'
  } | null
  readonly client_secret: string
  readonly created: number
  readonly customer: string | null
  readonly last_setup_error: PaymentError | null
  readonly metadata: Metadata
  readonly next_action: NextAction | null
  readonly payment_method: string | null
  readonly payment_method_options: MethodOptions
  readonly payment_method_types: readonly string[]
  readonly status: IntentStatus
  readonly usage: string
  readonly $checkoutSession?: string
  readonly $portalSession?: string
  /** When the owner of a bank account was asked for its microdeposits. */
  readonly $askedAt?: number
  readonly $returnUrl?: string
  readonly $subscription?: string
}

export interface Charge extends StripeObject, ConnectTerms {
  readonly object: 'charge'
  readonly amount: number
  readonly amount_captured: number
  readonly amount_refunded: number
  readonly application_fee: string | null
  readonly balance_transaction: string | null
  readonly captured: boolean
  readonly created: number
  readonly currency: string
  readonly customer: string | null
  readonly failure_code: string | null
  readonly metadata: Metadata
  readonly paid: boolean
  readonly payment_intent: string | null
  readonly payment_method: string | null
  readonly refunded: boolean
  /** The transfer that it arrived by, in a connected account. */
  readonly source_transfer: string | null
  readonly status: 'failed' | 'pending' | 'succeeded'
  /** When the bank has decided over a debit, null for never, and why the debit comes back if it does. */
  readonly $debit?: { readonly at: number | null; readonly refusal?: Refusal }
  /** The transfer to a destination. */
  readonly transfer?: string
  /** The money can be used at once. */
  readonly $bypassesPending?: boolean
  /** When the cardholder of a disputing test card complains, in seconds. */
  readonly $disputesAt?: number
}

export interface Refund extends StripeObject {
  readonly object: 'refund'
  readonly amount: number
  readonly balance_transaction: string | null
  readonly charge: string
  readonly created: number
  readonly currency: string
  readonly failure_balance_transaction?: string
  readonly metadata: Metadata
  readonly payment_intent: string | null
  readonly reason: string | null
  readonly source_transfer_reversal: string | null
  readonly transfer_reversal: string | null
  readonly status: 'pending' | 'succeeded' | 'failed' | 'canceled'
  /** When a refund to a failing card comes back, in seconds. */
  readonly $failsAt?: number
}
