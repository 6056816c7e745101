import type {
  ConfirmationToken,
  PaymentIntent,
  PaymentMethod,
  PaymentMethodCreateParams,
  SetupIntent,
  StripeCheckoutContact,
  StripeCheckoutSession,
  StripeError,
} from '@stripe/stripe-js'

/** What somebody typed into a Payment Element, in the words of Stripe's API. */
export interface CardMethod {
  readonly card: {
    readonly number: string
    readonly exp_month: number
    readonly exp_year: number
    readonly cvc: string
  }
  readonly billing_details: BillingFields
}

export type BillingFields = PaymentMethodCreateParams.BillingDetails

export type Intent = PaymentIntent | SetupIntent

/** An intent as its client secret names it. */
export interface IntentRef {
  readonly kind: 'payment_intent' | 'setup_intent'
  readonly id: string
  readonly clientSecret: string
}

/** A Checkout Session as its client secret names it. */
export interface SessionRef {
  readonly id: string
  readonly clientSecret: string
}

/** A session that is paid in a page, and what Stripe.js has to know about it beside what the page sees. */
export interface PaymentPage {
  readonly ui_mode: 'elements' | 'embedded_page'
  readonly session: StripeCheckoutSession
  /** The secret of the intent that waits for the buyer's bank. */
  readonly asked_intent: string | null
  /** Where the page is that is shown in a frame. */
  readonly frame_url: string | null
  readonly needs_method: boolean
  readonly offers_saving: boolean
  readonly return_url: string | null
}

/** What a page tells of its buyer; null takes it back. */
export interface PageChange {
  readonly billing_address?: StripeCheckoutContact | null | undefined
  readonly business_name?: string | null | undefined
  readonly email?: string | null | undefined
  readonly individual_name?: string | null | undefined
  readonly line_item?: { readonly id: string; readonly quantity: number }
  readonly phone_number?: string | null | undefined
  readonly promotion_code?: string | null
  readonly shipping_address?: StripeCheckoutContact | null | undefined
  readonly shipping_rate?: string
  readonly tax_id?: { readonly type: string; readonly value: string } | null
}

export interface PagePayment extends PageChange {
  readonly method?: CardMethod
  readonly paymentMethodId?: string
  readonly savePaymentMethod?: boolean
}

export interface Confirmation {
  /** A card from the form, a saved method, a token; none for what the intent already carries. */
  readonly method?: CardMethod
  readonly paymentMethodId?: string
  readonly confirmationTokenId?: string
  readonly returnUrl?: string
}

export interface TokenRequest {
  /** A card from the form, or a saved method. */
  readonly method?: CardMethod
  readonly paymentMethodId?: string
  readonly returnUrl?: string
  readonly setupFutureUsage?: 'off_session' | 'on_session'
}

/** Stripe.js resolves with what went wrong; it does not throw for a decline. */
export type Answer<T> =
  | { readonly value: T; readonly error?: undefined }
  | { readonly error: StripeError; readonly value?: undefined }

/**
 * What the simulated Stripe.js asks for: a simulator over HTTP, or a scenario in memory. Nothing here rejects; a
 * network that fails is an answer with `api_connection_error`.
 */
export interface StripeBackend {
  retrieveIntent(ref: IntentRef): Promise<Answer<Intent>>
  confirmIntent(ref: IntentRef, confirmation: Confirmation): Promise<Answer<Intent>>
  completeChallenge(ref: IntentRef, outcome: 'complete' | 'fail'): Promise<Answer<null>>
  createPaymentMethod(method: CardMethod): Promise<Answer<PaymentMethod>>
  createConfirmationToken(request: TokenRequest): Promise<Answer<ConfirmationToken>>
  /** The cards that a customer session lets be shown again. */
  savedMethods(customerSessionClientSecret: string): Promise<Answer<readonly PaymentMethod[]>>
  retrievePage(ref: SessionRef): Promise<Answer<PaymentPage>>
  changePage(ref: SessionRef, change: PageChange): Promise<Answer<PaymentPage>>
  payPage(ref: SessionRef, payment: PagePayment): Promise<Answer<PaymentPage>>
}

const prefixes = { pi: 'payment_intent', seti: 'setup_intent' } as const

/** `pi_1_secret_2` names the payment intent `pi_1`; anything else is no client secret. */
export const refOf = (clientSecret: string): IntentRef | undefined => {
  const [, id, prefix] = /^((pi|seti)_\w+?)_secret_\w+$/.exec(clientSecret) ?? []
  return id === undefined ? undefined : { kind: prefixes[prefix as keyof typeof prefixes], id, clientSecret }
}

/** `cs_test_1_secret_2` names the session `cs_test_1`. */
export const sessionRefOf = (clientSecret: string): SessionRef | undefined => {
  const id = /^(cs_test_\w+?)_secret_\w+$/.exec(clientSecret)?.[1]
  return id === undefined ? undefined : { id, clientSecret }
}
