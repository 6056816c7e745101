import type { Stripe } from '@stripe/stripe-js'
import type { BillingClient } from '../client/billing-client.ts'
import type { StripeObject } from '../provider/stripe-store.ts'

type LoadInput = { client: BillingClient; publishableKey: string | undefined }

/** Fetches Stripe.js; until a payment form shows, nothing of Stripe is on the page. */
export const loadStripeJs = async ({ client, publishableKey }: LoadInput): Promise<StripeObject | null> => {
  const key = publishableKey ?? (await client.getConfig()).publishableKey
  const { loadStripe } = await import('@stripe/stripe-js/pure/index.js')
  return loadStripe(key)
}

/** Whether an injected object can do what the kit asks of Stripe.js; `<Elements>` checks the rest. */
export const isStripe = (value: object): value is Stripe => 'elements' in value && 'confirmPayment' in value
