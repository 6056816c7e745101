import type { CheckoutRequest } from '@paywright/contract'
import { type Departure, useDeparture } from './useDeparture.ts'

/**
 * Goes to the provider's hosted checkout for a plan or a pack.
 *
 * @example
 * const checkout = useCheckout()
 * checkout.start({ planId: 'growth', interval: 'year' })
 */
export const useCheckout = (): Departure<CheckoutRequest> => {
  const { start, ...state } = useDeparture()
  return { ...state, start: (request) => start({ to: 'checkout', request }) }
}
