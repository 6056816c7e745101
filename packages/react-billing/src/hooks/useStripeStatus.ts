import { useSyncExternalStore } from 'react'
import { useBilling } from '../provider/billing-context.ts'
import type { StripeLoad } from '../provider/stripe-store.ts'

export type StripeStatus = StripeLoad & { retry: () => void }

/** How far Stripe.js has come; `retry` after `blocked`. It starts to load when a payment form first shows. */
export const useStripeStatus = (): StripeStatus => {
  const { stripe } = useBilling()
  return { ...useSyncExternalStore(stripe.subscribe, stripe.get, stripe.get), retry: stripe.retry }
}
