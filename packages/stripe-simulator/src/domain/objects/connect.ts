import type { ApiList, Metadata, StripeObject } from './base.ts'

export type CapabilityStatus = 'active' | 'inactive' | 'pending'

export interface Requirements {
  readonly currently_due: readonly string[]
  readonly disabled_reason: string | null
  readonly eventually_due: readonly string[]
  readonly past_due: readonly string[]
  readonly [field: string]: unknown
}

/** An account that is connected to the platform. */
export interface ConnectedAccount extends StripeObject {
  readonly object: 'account'
  readonly business_profile: { readonly name: string | null; readonly [field: string]: unknown }
  readonly business_type: string | null
  readonly capabilities: Readonly<Record<string, CapabilityStatus>>
  readonly charges_enabled: boolean
  readonly country: string
  readonly created: number
  readonly default_currency: string
  /** Deleted or disconnected: its world goes on, and the platform has no part in it. */
  readonly deleted?: boolean
  readonly details_submitted: boolean
  readonly email: string | null
  readonly metadata: Metadata
  readonly payouts_enabled: boolean
  readonly requirements: Requirements
  readonly type: 'custom' | 'express' | 'none' | 'standard'
  /** Capabilities that the platform asked for. */
  readonly $requested: readonly string[]
  /** Whoever the account belongs to has told Stripe about it. */
  readonly $onboarded: boolean
  /** What Stripe wants to know besides. */
  readonly $demanded: readonly string[]
}

/** The platform, as its connected accounts see it. */
export interface Application extends StripeObject {
  readonly object: 'application'
  readonly name: string | null
}

/** Where somebody tells Stripe about an account, once. Nobody sees its id. */
export interface AccountLink extends StripeObject {
  readonly object: 'account_link'
  readonly created: number
  readonly expires_at: number
  readonly url: string
  readonly $account: string
  readonly $refreshUrl: string
  readonly $returnUrl: string
  readonly $visited?: boolean
}

export interface TransferReversal extends StripeObject {
  readonly object: 'transfer_reversal'
  readonly amount: number
  readonly balance_transaction: string | null
  readonly created: number
  readonly currency: string
  readonly destination_payment_refund: string | null
  readonly metadata: Metadata
  readonly source_refund: string | null
  readonly transfer: string
}

/** Money that the platform sends to a connected account. */
export interface Transfer extends StripeObject {
  readonly object: 'transfer'
  readonly amount: number
  readonly amount_reversed: number
  readonly balance_transaction: string | null
  readonly created: number
  readonly currency: string
  readonly description: string | null
  readonly destination: string
  readonly destination_payment: string
  readonly metadata: Metadata
  readonly reversals: ApiList<TransferReversal>
  readonly reversed: boolean
  readonly source_transaction: string | null
  readonly transfer_group: string | null
}

export interface FeeRefund extends StripeObject {
  readonly object: 'fee_refund'
  readonly amount: number
  readonly balance_transaction: string | null
  readonly created: number
  readonly currency: string
  readonly fee: string
  readonly metadata: Metadata
}

/** What the platform earns of a payment to a connected account. */
export interface ApplicationFee extends StripeObject {
  readonly object: 'application_fee'
  readonly account: string
  readonly amount: number
  readonly amount_refunded: number
  readonly application: string
  readonly balance_transaction: string | null
  readonly charge: string
  readonly created: number
  readonly currency: string
  readonly originating_transaction: string | null
  readonly refunded: boolean
  readonly refunds: ApiList<FeeRefund>
}
