import type { Metadata, StripeObject } from './base.ts'

export interface TaxRate extends StripeObject {
  readonly object: 'tax_rate'
  readonly active: boolean
  readonly country: string | null
  readonly created: number
  readonly display_name: string
  readonly inclusive: boolean
  readonly metadata: Metadata
  readonly percentage: number
  readonly state: string | null
}

export interface TaxId extends StripeObject {
  readonly object: 'tax_id'
  readonly country: string | null
  readonly created: number
  readonly customer: string
  readonly type: string
  readonly value: string
}

/** Tax on a line, or in it. */
export interface LineTax {
  readonly amount: number
  readonly tax_behavior: 'exclusive' | 'inclusive'
  readonly tax_rate_details: { readonly tax_rate: string }
  readonly taxability_reason: string
  readonly taxable_amount: number
  readonly type: 'tax_rate_details'
}
