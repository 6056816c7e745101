import type { StripeSimulator } from '@paywright/stripe-simulator'

export const cards = {
  works: '4242424242424242',
  declines: '4000000000000002',
  isEmpty: '4000000000009995',
  asksForProof: '4000002500003155',
  failsLater: '4000000000000341',
} as const

export type Card = keyof typeof cards

const card = (name: Card) => ({ number: cards[name], expMonth: 12, expYear: 2034, cvc: '123' })

/** Confirms a payment as Stripe.js does: with the publishable key, the client secret and the card. */
export const payInPage = async (
  stripe: StripeSimulator,
  purchase: { paymentId: string; clientSecret: string },
  name: Card,
): Promise<{ status: string; error: { code: string; decline_code?: string } | null }> => {
  const { number, expMonth, expYear, cvc } = card(name)
  const body = new URLSearchParams({
    client_secret: purchase.clientSecret,
    use_stripe_sdk: 'true',
    'payment_method_data[type]': 'card',
    'payment_method_data[card][number]': number,
    'payment_method_data[card][exp_month]': String(expMonth),
    'payment_method_data[card][exp_year]': String(expYear),
    'payment_method_data[card][cvc]': cvc,
  })
  const response = await fetch(`${stripe.url}/v1/payment_intents/${purchase.paymentId}/confirm`, {
    method: 'POST',
    headers: { authorization: `Bearer ${stripe.keys.publishableKey}` },
    body,
  })
  const answer = (await response.json()) as {
    status?: string
    error?: { code: string; decline_code?: string; payment_intent?: { status: string } }
  }
  return { status: answer.status ?? answer.error?.payment_intent?.status ?? '', error: answer.error ?? null }
}

/** Fills in the hosted Checkout page and presses the button; gives the address that the buyer is sent back to. */
export const payInCheckout = (stripe: StripeSimulator, sessionId: string, name: Card = 'works'): string => {
  const outcome = stripe.core.payCheckoutSession(sessionId, { name: 'Alice Example', card: card(name) })
  if (outcome.status !== 'complete') throw new Error(`Checkout ended ${outcome.status}.`)
  return outcome.redirectUrl
}
