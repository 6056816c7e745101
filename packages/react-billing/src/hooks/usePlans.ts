import type { PlansResponse } from '@paywright/contract'
import { useQuery } from '@tanstack/react-query'
import { plansQuery } from '../client/queries.ts'
import { useBilling } from '../provider/billing-context.ts'
import { type Loadable, toLoadable } from './loadable.ts'

/** The catalog, as this account may buy it. */
export const usePlans = ({ enabled = true }: { enabled?: boolean } = {}): Loadable<PlansResponse> => {
  const { client, queryClient, initialPlans } = useBilling()
  const initial = initialPlans && { initialData: initialPlans }
  return toLoadable(useQuery({ ...plansQuery(client), ...initial, enabled }, queryClient))
}
