import type { Metadata, StripeObject } from './base.ts'

/** Something that a product lets its buyers do. */
export interface EntitlementFeature extends StripeObject {
  readonly object: 'entitlements.feature'
  readonly active: boolean
  readonly lookup_key: string
  readonly metadata: Metadata
  readonly name: string
}

/** A feature that comes with a product. Answers show the feature itself, as it is by then. */
export interface ProductFeature extends StripeObject {
  readonly object: 'product_feature'
  readonly $feature: string
  readonly $product: string
}

/** A feature that a customer may use now. */
export interface ActiveEntitlement extends StripeObject {
  readonly object: 'entitlements.active_entitlement'
  readonly feature: string
  readonly lookup_key: string
  readonly $customer: string
}
