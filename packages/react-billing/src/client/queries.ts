import type { StatusQuery } from '@paywright/contract'
import { queryOptions } from '@tanstack/react-query'
import type { BillingClient } from './billing-client.ts'

const staleTime = 30_000

/** Everything of one router is under this key: invalidate it after a change of account. */
export const billingKey = (client: BillingClient) => ['paywright', client.baseUrl] as const

/** The catalog, with the server's decision on each plan. For a host's own `useQuery` or `prefetchQuery`. */
export const plansQuery = (client: BillingClient) =>
  queryOptions({
    queryKey: [...billingKey(client), 'plans'],
    queryFn: ({ signal }) => client.listPlans({ signal }),
    staleTime,
    networkMode: 'always',
  })

/** Plan, subscription, credits and what is due. `ask` names the checkout or portal visit that was just left. */
export const statusQuery = (client: BillingClient, ask: () => StatusQuery = () => ({})) =>
  queryOptions({
    queryKey: [...billingKey(client), 'status'],
    queryFn: ({ signal }) => client.getStatus(ask(), { signal }),
    staleTime,
    networkMode: 'always',
  })
