import type { CheckoutRequest, PortalRequest } from '@paywright/contract'
import { useEffect, useRef, useState } from 'react'
import type { CallOptions } from '../client/billing-client.ts'
import { isOutcomeOpen } from '../client/billing-client-error.ts'
import { type Billing, useBilling } from '../provider/billing-context.ts'
import { useAttempt } from './useAttempt.ts'

/** On the way to a hosted page. `leaving` stays until the browser has gone. */
export type DepartureState =
  | { state: 'idle' }
  | { state: 'starting' }
  | { state: 'leaving' }
  | { state: 'failed'; error: unknown }

export const isUnderWay = ({ state }: DepartureState): boolean => state === 'starting' || state === 'leaving'

export type Departure<Request> = DepartureState & {
  /** Asks for the page's address and goes there; while that is under way it does nothing. */
  start: (request: Request) => void
}

export type Trip = { to: 'checkout'; request: CheckoutRequest } | { to: 'portal'; request: PortalRequest }

/** Leaves for one of the provider's pages. */
export const useDeparture = (): Departure<Trip> => {
  const billing = useBilling()
  const [state, setState] = useState<DepartureState>({ state: 'idle' })
  const underWay = useRef(false)
  const attempt = useAttempt()
  const stay = (next: DepartureState) => {
    underWay.current = false
    setState(next)
  }
  /** The browser keeps a page that was left, and shows it as it was when the visitor goes back. */
  useEffect(() => {
    const comeBack = ({ persisted }: PageTransitionEvent) => {
      if (!persisted) return
      underWay.current = false
      setState({ state: 'idle' })
    }
    window.addEventListener('pageshow', comeBack)
    return () => window.removeEventListener('pageshow', comeBack)
  }, [])

  const run = async (trip: Trip) => {
    try {
      const { url } = await ask(billing, trip, { idempotencyKey: attempt.keyFor(trip) })
      attempt.close()
      setState({ state: 'leaving' })
      billing.navigate(url)
    } catch (error) {
      if (!isOutcomeOpen(error)) attempt.close()
      billing.onError(error)
      stay({ state: 'failed', error })
    }
  }
  const start = (trip: Trip) => {
    if (underWay.current) return
    underWay.current = true
    setState({ state: 'starting' })
    void run(trip)
  }
  return { ...state, start }
}

const ask = ({ client, onEvent }: Billing, trip: Trip, options: CallOptions): Promise<{ url: string }> => {
  if (trip.to === 'portal') {
    onEvent({ type: 'portal_opened', request: trip.request })
    return client.openPortal(trip.request, options)
  }
  onEvent({ type: 'checkout_started', request: trip.request })
  return client.startCheckout(trip.request, options)
}
