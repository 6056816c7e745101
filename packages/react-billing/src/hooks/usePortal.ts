import type { PortalRequest } from '@paywright/contract'
import { type Departure, useDeparture } from './useDeparture.ts'

/**
 * Goes to the provider's hosted billing portal.
 *
 * @example usePortal().start({ flow: 'payment_method_update' })
 */
export const usePortal = (): Departure<PortalRequest> => {
  const { start, ...state } = useDeparture()
  return { ...state, start: (request) => start({ to: 'portal', request }) }
}
