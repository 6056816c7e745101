import type { Metadata, StripeObject } from './base.ts'

export interface Product extends StripeObject {
  readonly object: 'product'
  readonly active: boolean
  readonly created: number
  readonly default_price: string | null
  readonly description: string | null
  readonly metadata: Metadata
  readonly name: string
  readonly shippable: boolean | null
  readonly type: 'good' | 'service'
  readonly updated: number
  readonly url: string | null
}

export type Interval = 'day' | 'week' | 'month' | 'year'

export interface Recurring {
  readonly interval: Interval
  readonly interval_count: number
  readonly meter: string | null
  readonly trial_period_days: number | null
  readonly usage_type: 'licensed' | 'metered'
}

export interface Tier {
  readonly up_to: number | null
  readonly unit_amount: number | null
  readonly unit_amount_decimal: string | null
  readonly flat_amount: number | null
  readonly flat_amount_decimal: string | null
}

/** What a buyer may choose to pay. */
export interface CustomAmount {
  readonly maximum: number | null
  readonly minimum: number | null
  readonly preset: number | null
}

export type TaxBehavior = 'exclusive' | 'inclusive' | 'unspecified'

/** A price in another currency than its own. */
export interface CurrencyOption {
  readonly custom_unit_amount: CustomAmount | null
  readonly tax_behavior: TaxBehavior
  readonly tiers?: readonly Tier[]
  readonly unit_amount: number | null
  readonly unit_amount_decimal: string | null
}

export interface Price extends StripeObject {
  readonly object: 'price'
  readonly active: boolean
  readonly created: number
  readonly currency: string
  readonly custom_unit_amount: CustomAmount | null
  readonly lookup_key: string | null
  readonly metadata: Metadata
  readonly nickname: string | null
  readonly product: string
  readonly recurring: Recurring | null
  readonly tax_behavior: TaxBehavior
  readonly tiers_mode: 'graduated' | 'volume' | null
  readonly transform_quantity: { readonly divide_by: number; readonly round: 'down' | 'up' } | null
  readonly type: 'one_time' | 'recurring'
  readonly unit_amount: number | null
  readonly unit_amount_decimal: string | null
  readonly $currencyOptions?: Readonly<Record<string, CurrencyOption>>
  readonly $tiers?: readonly Tier[]
}

export interface Coupon extends StripeObject {
  readonly object: 'coupon'
  readonly amount_off: number | null
  readonly created: number
  readonly currency: string | null
  readonly duration: 'once' | 'repeating' | 'forever'
  readonly duration_in_months: number | null
  readonly max_redemptions: number | null
  readonly name: string | null
  readonly percent_off: number | null
  readonly redeem_by: number | null
  readonly times_redeemed: number
  readonly valid: boolean
  readonly $currencyOptions?: Readonly<Record<string, { readonly amount_off: number }>>
  readonly $products?: readonly string[]
}

export interface PromotionCode extends StripeObject {
  readonly object: 'promotion_code'
  readonly active: boolean
  readonly code: string
  readonly created: number
  readonly customer: string | null
  readonly expires_at: number | null
  readonly max_redemptions: number | null
  readonly promotion: { readonly type: 'coupon'; readonly coupon: string }
  readonly restrictions: {
    readonly currency_options?: Readonly<Record<string, { readonly minimum_amount: number }>>
    readonly first_time_transaction: boolean
    readonly minimum_amount: number | null
    readonly minimum_amount_currency: string | null
  }
  readonly times_redeemed: number
}

export interface Discount extends StripeObject {
  readonly object: 'discount'
  readonly customer: string | null
  readonly end: number | null
  readonly invoice: string | null
  readonly invoice_item: string | null
  readonly promotion_code: string | null
  readonly source: { readonly type: 'coupon'; readonly coupon: string }
  readonly start: number
  readonly subscription: string | null
}
