import type { PlansResponse, Status } from '@paywright/contract'
import type { QueryClient } from '@tanstack/react-query'
import { createContext, useContext } from 'react'
import type { BillingClient } from '../client/billing-client.ts'
import type { Translate } from '../lib/messages.ts'
import type { BillingEvent } from './billing-event.ts'
import type { LandingStore } from './landing-store.ts'
import type { StripeSource, StripeStore } from './stripe-store.ts'

/** What `BillingProvider` gives to the kit below it. */
export type Billing = {
  client: BillingClient
  queryClient: QueryClient
  locale: string
  timeZone: string
  translate: Translate
  stripe: StripeStore
  /** What the host injected; undefined: load Stripe.js when a payment form first shows. */
  stripeSource: StripeSource | undefined
  publishableKey?: string
  appearance?: StripeAppearance
  landing: LandingStore
  initialStatus?: Status
  initialPlans?: PlansResponse
  navigate: (url: string) => void
  onEvent: (event: BillingEvent) => void
  onError: (error: unknown) => void
}

/** Merged over the appearance that the kit derives from its tokens. The shape is Stripe's. */
export type StripeAppearance = { variables?: Record<string, string>; rules?: Record<string, Record<string, string>> }

export const BillingContext = createContext<Billing | null>(null)

export const useBilling = (): Billing => {
  const billing = useContext(BillingContext)
  if (billing === null) throw new Error('Paywright’s components and hooks need a <BillingProvider> above them.')
  return billing
}
