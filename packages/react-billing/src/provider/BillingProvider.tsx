import type { PlansResponse, Status } from '@paywright/contract'
import { QueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo, useState } from 'react'
import { type BillingClient, createBillingClient } from '../client/billing-client.ts'
import { isPassing } from '../client/billing-client-error.ts'
import { createTranslate, type Messages } from '../lib/messages.ts'
import { type Billing, BillingContext, type StripeAppearance } from './billing-context.ts'
import type { BillingEvent } from './billing-event.ts'
import { createLandingStore } from './landing-store.ts'
import { createStripeStore, type StripeSource } from './stripe-store.ts'

export type BillingProviderProps = {
  children: ReactNode
  /** Where the router is mounted (`'/billing'`), or a client of the host's making. */
  baseUrl?: string
  client?: BillingClient
  /** The host's own TanStack Query client; without it the kit keeps one to itself. */
  queryClient?: QueryClient
  /** A Stripe.js to use instead of loading one: an object, or a promise of one. */
  stripe?: StripeSource
  /** Without it `GET /config` is asked when a payment form first shows. */
  publishableKey?: string
  /** BCP 47, for numbers, plurals and dates. Default `'en'`. */
  locale?: string
  /** IANA, for dates. Default `'UTC'`, which server and browser agree on. */
  timeZone?: string
  /** A language: `@paywright/react-billing/messages/en`, `/de`, or the host's own. Spread one to replace single strings. */
  messages: Messages
  appearance?: StripeAppearance
  /** What the server rendered with: no first request, and no flicker. */
  initialStatus?: Status
  initialPlans?: PlansResponse
  /** Leaves for Checkout or the portal. Default `location.assign`. */
  navigate?: (url: string) => void
  onEvent?: (event: BillingEvent) => void
  /** Told why a payment, or a visit to Checkout or the portal, came to nothing; hooks that read say so themselves. */
  onError?: (error: unknown) => void
}

/**
 * Gives the kit its server, language and Stripe.js. Give it the account's id as `key`, so that nothing of one account
 * is shown to the next.
 *
 * @example <BillingProvider baseUrl="/billing" messages={en} key={user.id}><PricingTable /></BillingProvider>
 */
export const BillingProvider = ({ children, stripe: stripeSource, ...props }: BillingProviderProps) => {
  const queryClient = useOwnQueryClient(props.queryClient)
  const [stripe] = useState(createStripeStore)
  const [landing] = useState(createLandingStore)
  const client = useClient(props)
  const { locale, messages } = { ...defaults, ...props }
  const translate = useMemo(() => createTranslate(messages, locale), [messages, locale])
  const billing: Billing = { ...defaults, ...props, client, queryClient, translate, stripe, stripeSource, landing }
  return <BillingContext.Provider value={billing}>{children}</BillingContext.Provider>
}

const defaults = {
  locale: 'en',
  timeZone: 'UTC',
  navigate: (url: string) => window.location.assign(url),
  onEvent: () => undefined,
  onError: () => undefined,
}

const useClient = ({ client, baseUrl }: Pick<BillingProviderProps, 'client' | 'baseUrl'>): BillingClient =>
  useMemo(() => {
    if (client) return client
    if (baseUrl === undefined) throw new Error('<BillingProvider> needs `baseUrl` ("/billing") or `client`.')
    return createBillingClient({ baseUrl })
  }, [client, baseUrl])

/** The host's client is mounted by the host's own provider; ours has none, so its focus and reconnect listeners start here. */
const useOwnQueryClient = (hosts: QueryClient | undefined): QueryClient => {
  const [own] = useState(createQueryClient)
  useEffect(() => {
    if (hosts) return
    own.mount()
    return () => own.unmount()
  }, [hosts, own])
  return hosts ?? own
}

const createQueryClient = () =>
  new QueryClient({ defaultOptions: { queries: { retry: (failures, error) => failures < 2 && isPassing(error) } } })
