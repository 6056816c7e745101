import type { StripeObject } from './base.ts'

export type AllowRedisplay = 'always' | 'limited' | 'unspecified'

type Switch = 'disabled' | 'enabled'

/** What the Payment Element may do with a customer's saved methods. */
export interface PaymentElementFeatures {
  readonly payment_method_allow_redisplay_filters: readonly AllowRedisplay[]
  readonly payment_method_redisplay: Switch
  readonly payment_method_redisplay_limit: number | null
  readonly payment_method_remove: Switch
  readonly payment_method_save: Switch
  readonly payment_method_save_usage: 'off_session' | 'on_session' | null
}

export interface SessionComponent {
  readonly enabled: boolean
  readonly features?: Readonly<Record<string, unknown>> | null
}

/** What lets a browser act for a customer for a while. Stripe gives it no id but its secret. */
export interface CustomerSession extends StripeObject {
  readonly object: 'customer_session'
  readonly client_secret: string
  readonly components: Readonly<Record<string, SessionComponent>> & {
    readonly payment_element: { readonly enabled: boolean; readonly features: PaymentElementFeatures | null }
  }
  readonly created: number
  readonly customer: string
  readonly expires_at: number
}
