import type { BillingDetails, Metadata, StripeObject } from './base.ts'
import type { Discount } from './catalog.ts'
import type { AllowRedisplay } from './customer-session.ts'

export interface Customer extends StripeObject {
  readonly object: 'customer'
  readonly balance: number
  readonly created: number
  readonly currency: string | null
  readonly delinquent: boolean
  readonly deleted?: boolean
  readonly discount: Discount | null
  readonly email: string | null
  readonly invoice_prefix: string
  readonly invoice_settings: { readonly default_payment_method: string | null; readonly [field: string]: unknown }
  readonly metadata: Metadata
  readonly name: string | null
  readonly next_invoice_sequence: number
  readonly test_clock: string | null
  /** How money that the customer sends would be matched to invoices; null or nothing as the account does. */
  readonly $reconciliation?: 'automatic' | 'manual' | null
  /** The balance in each currency; `balance` is the one in the customer's own. */
  readonly $balances?: Readonly<Record<string, number>>
}

export interface PaymentMethod extends StripeObject {
  readonly object: 'payment_method'
  readonly allow_redisplay: AllowRedisplay
  readonly billing_details: BillingDetails
  readonly card: {
    readonly brand: string
    readonly country: string
    readonly exp_month: number
    readonly exp_year: number
    readonly fingerprint: string
    readonly last4: string
    readonly networks: { readonly available: readonly string[]; readonly preferred: string | null }
    readonly [field: string]: unknown
  }
  readonly created: number
  readonly customer: string | null
  readonly metadata: Metadata
  readonly type: 'card'
  /** The test number decides how the card behaves. */
  readonly $number: string
  /** Authenticated for off-session use by a SetupIntent or by `setup_future_usage`. */
  readonly $setUp?: boolean
  /** Consumed by a payment without ever being attached. */
  readonly $spent?: boolean
}
