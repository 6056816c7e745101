import { useEffect } from 'react'
import { type StripeStatus, useStripeStatus } from '../hooks/useStripeStatus.ts'
import { useBilling } from '../provider/billing-context.ts'
import { loadStripeJs } from './load-stripe.ts'

/** Starts to load Stripe.js, or takes what the host injected. */
export const useStripeLoad = (): StripeStatus => {
  const { stripe, stripeSource, client, publishableKey } = useBilling()
  useEffect(() => {
    stripe.load(() => stripeSource ?? loadStripeJs({ client, publishableKey }))
  }, [stripe, stripeSource, client, publishableKey])
  return useStripeStatus()
}
