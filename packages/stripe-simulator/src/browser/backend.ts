import type {
  ConfirmationToken,
  PaymentIntent,
  PaymentMethod,
  PaymentMethodCreateParams,
  SetupIntent,
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

export interface Confirmation {
  /** A card from the form, a saved method, a token; none for what the intent already carries. */
  readonly method?: CardMethod
  readonly paymentMethodId?: string
  readonly confirmationTokenId?: string
  readonly returnUrl?: string
}

export interface TokenRequest {
  readonly method: CardMethod
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
}

const prefixes = { pi: 'payment_intent', seti: 'setup_intent' } as const

/** `pi_1_secret_2` names the payment intent `pi_1`; anything else is no client secret. */
export const refOf = (clientSecret: string): IntentRef | undefined => {
  const [, id, prefix] = /^((pi|seti)_\w+?)_secret_\w+$/.exec(clientSecret) ?? []
  return id === undefined ? undefined : { kind: prefixes[prefix as keyof typeof prefixes], id, clientSecret }
}
