import type { UseQueryResult } from '@tanstack/react-query'
import type { BillingClientError } from '../client/billing-client-error.ts'

/** What a hook that reads gives: one of three states, and no half-filled objects. */
export type Loadable<Value> =
  | { state: 'loading' }
  | { state: 'error'; error: BillingClientError | Error; retry: () => void }
  | { state: 'ready'; value: Value; refresh: () => Promise<void> }

/** What was read once stays shown when reading it again fails. */
export const toLoadable = <Value>(query: UseQueryResult<Value>): Loadable<Value> => {
  const refresh = async () => {
    await query.refetch()
  }
  if (query.data !== undefined) return { state: 'ready', value: query.data, refresh }
  if (query.isError && !query.isFetching) return { state: 'error', error: query.error, retry: () => void refresh() }
  return { state: 'loading' }
}
