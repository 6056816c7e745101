import type { StripeError } from '@stripe/stripe-js'
import type { Answer, Intent, IntentRef } from '../backend.ts'

export type IntentResult =
  | { readonly paymentIntent: Intent }
  | { readonly setupIntent: Intent }
  | { readonly error: StripeError }

/** An answer as Stripe.js resolves it: `{ paymentIntent }`, `{ setupIntent }` or `{ error }`. */
export const inStripesWords = (kind: IntentRef['kind'], { value, error }: Answer<Intent>): IntentResult => {
  if (error) return { error }
  return kind === 'payment_intent' ? { paymentIntent: value } : { setupIntent: value }
}
