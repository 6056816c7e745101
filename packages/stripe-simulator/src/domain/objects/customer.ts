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

interface Method extends StripeObject {
  readonly object: 'payment_method'
  readonly allow_redisplay: AllowRedisplay
  readonly billing_details: BillingDetails
  readonly created: number
  readonly customer: string | null
  readonly metadata: Metadata
  /** The test number, account or IBAN decides how the method behaves. */
  readonly $number: string
  /** Authenticated for off-session use by a SetupIntent or by `setup_future_usage`. */
  readonly $setUp?: boolean
  /** Consumed by a payment without ever being attached. */
  readonly $spent?: boolean
}

export interface CardMethod extends Method {
  readonly type: 'card'
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
}

export interface BankAccountMethod extends Method {
  readonly type: 'us_bank_account'
  readonly us_bank_account: {
    readonly account_holder_type: 'company' | 'individual'
    readonly account_type: 'checking' | 'savings'
    readonly bank_name: string
    readonly fingerprint: string
    readonly last4: string
    readonly routing_number: string
    readonly [field: string]: unknown
  }
  /** Its owner has proved that it is theirs. */
  readonly $verified: boolean
  /** What its owner allows. */
  readonly $mandate?: string
}

export interface SepaMethod extends Method {
  readonly type: 'sepa_debit'
  readonly sepa_debit: {
    readonly bank_code: string
    readonly country: string
    readonly fingerprint: string
    readonly last4: string
    readonly [field: string]: unknown
  }
  readonly $mandate?: string
}

/** A bank account that is debited: whether there is money is known days later. */
export type DebitMethod = BankAccountMethod | SepaMethod

export type PaymentMethod = CardMethod | DebitMethod

/** A person's or a business's consent that their account is debited. */
export interface Mandate extends StripeObject {
  readonly object: 'mandate'
  readonly customer_acceptance: { readonly accepted_at: number | null; readonly type: 'offline' | 'online' }
  readonly payment_method: string
  readonly status: 'active' | 'inactive' | 'pending'
  readonly type: 'multi_use' | 'single_use'
}
