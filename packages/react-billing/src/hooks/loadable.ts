import type { UseQueryResult } from '@tanstack/react-query'
import type { BillingClientError } from '../client/billing-client-error.ts'

/** What a hook that reads gives: one of three states, and no half-filled objects. */
export type Loadable<Value> =
  | { state: 'loading' }
  | { state: 'error'; error: BillingClientError | Error; retry: () => Promise<unknown> }
  | { state: 'ready'; value: Value; refresh: () => Promise<unknown> }

/** What was read once stays shown when reading it again fails. */
export const toLoadable = <Value>(query: UseQueryResult<Value>): Loadable<Value> => {
  const { data, error, refetch } = query
  if (data !== undefined) return { state: 'ready', value: data, refresh: refetch }
  if (error && !query.isFetching) return { state: 'error', error, retry: refetch }
  return { state: 'loading' }
}
