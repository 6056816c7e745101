/**
 * Anything that Stripe's API answers. Interfaces that extend it name the fields the simulator reasons about; the rest
 * is carried as it came. A field that starts with `$` is the simulator's own memory and never leaves it.
 */
export interface StripeObject {
  readonly id: string
  readonly object: string
  readonly [field: string]: unknown
}

export type Metadata = Readonly<Record<string, string>>

export interface ApiList<T> {
  readonly object: 'list'
  readonly data: readonly T[]
  readonly has_more: boolean
  readonly url: string
}

export interface BillingDetails {
  readonly address: Readonly<Record<string, string | null>> | null
  readonly email: string | null
  readonly name: string | null
  readonly phone: string | null
  readonly tax_id: string | null
}
