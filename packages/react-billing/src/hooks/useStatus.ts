import type { Status } from '@paywright/contract'
import { useQuery } from '@tanstack/react-query'
import { statusQuery } from '../client/queries.ts'
import { useBilling } from '../provider/billing-context.ts'
import { type Loadable, toLoadable } from './loadable.ts'

const whole = (status: Status): Status => status

/** A part of the status: a component that reads it is not rendered again when another part changes. */
export const useStatusPart = <Part>(select: (status: Status) => Part): Loadable<Part> => {
  const { client, queryClient, initialStatus, landing } = useBilling()
  const initial = initialStatus && { initialData: initialStatus }
  return toLoadable(useQuery({ ...statusQuery(client, landing.statusQuery), ...initial, select }, queryClient))
}

/**
 * Plan, subscription, entitlements, credits and what is due. `refresh` after the host's own code has spent a credit.
 *
 * @example
 * const status = useStatus()
 * if (status.state === 'ready') return <p>{status.value.plan.name}</p>
 */
export const useStatus = (): Loadable<Status> => useStatusPart(whole)
