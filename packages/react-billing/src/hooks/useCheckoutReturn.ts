import type { Purchase, Status } from '@paywright/contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { pollUntil } from '../client/poll-until.ts'
import { billingKey, statusQuery } from '../client/queries.ts'
import type { Landing } from '../lib/landing.ts'
import { useBilling } from '../provider/billing-context.ts'
import { useSettlement } from './useSettlement.ts'

/** How the visit to Checkout or to the bank, from which the visitor has just come back, ended. */
export type CheckoutReturnState =
  | { state: 'none' }
  | { state: 'canceled' }
  | { state: 'checking'; slow: boolean }
  | { state: 'expired' }
  | { state: 'subscribed'; status: Status }
  | { state: 'purchased'; usesPurchased: number; usesLeft: number | null }
  | { state: 'refused'; purchase: Purchase }
  | { state: 'error'; error: Error; retry: () => void }

/** Reads the address once, asks the server what happened, and cleans the address. */
export const useCheckoutReturn = (): CheckoutReturnState => {
  const { client, queryClient, landing: store } = useBilling()
  const [landing, setLanding] = useState<Landing>({ kind: 'none' })
  const [slow, setSlow] = useState(false)
  const ask = useOutcome(() => setSlow(true))
  const asked = landing.kind === 'checkout' || landing.kind === 'payment'

  useEffect(() => {
    setLanding(store.read())
    store.clean()
  }, [store])

  const query = useQuery(
    {
      queryKey: [...billingKey(client), 'return', landing],
      queryFn: ({ signal }) => ask(landing, signal),
      enabled: asked,
      staleTime: Number.POSITIVE_INFINITY,
      networkMode: 'always',
    },
    queryClient,
  )
  if (!asked) return { state: landing.kind === 'canceled' ? 'canceled' : 'none' }
  if (query.data) return query.data
  if (query.isError && !query.isFetching)
    return { state: 'error', error: query.error, retry: () => void query.refetch() }
  return { state: 'checking', slow }
}

const useOutcome = (onSlow: () => void) => {
  const { client, queryClient, landing: store } = useBilling()
  const { settled, countUses } = useSettlement()

  const ofPayment = async (paymentId: string, signal: AbortSignal): Promise<CheckoutReturnState> => {
    const purchase = await settled({ paymentId, onSlow, signal })
    if (purchase.status !== 'succeeded') return { state: 'refused', purchase }
    return { state: 'purchased', usesPurchased: purchase.usesPurchased, usesLeft: await countUses() }
  }
  /** The first question is the one that the rest of the page asks, so it is asked once. */
  const ofCheckout = async (sessionId: string, signal: AbortSignal): Promise<CheckoutReturnState> => {
    const query = statusQuery(client, store.statusQuery)
    const status = await pollUntil({
      ask: (asked) => queryClient.fetchQuery({ ...query, staleTime: asked === 1 ? Number.POSITIVE_INFINITY : 0 }),
      isDone: (answer, asked) => isCheckoutOver(answer, sessionId) || (answer.checkout === null && asked > 1),
      onSlow,
      signal,
    })
    return outcomeOf(status)
  }
  return (landing: Landing, signal: AbortSignal): Promise<CheckoutReturnState> => {
    if (landing.kind === 'payment') return ofPayment(landing.paymentId, signal)
    return landing.kind === 'checkout' ? ofCheckout(landing.sessionId, signal) : Promise.resolve({ state: 'none' })
  }
}

const isCheckoutOver = ({ checkout }: Status, sessionId: string): boolean =>
  checkout?.sessionId === sessionId && (checkout.status === 'complete' || checkout.status === 'expired')

const outcomeOf = (status: Status): CheckoutReturnState => {
  const { checkout, credits } = status
  if (checkout === null) return { state: 'none' }
  if (checkout.status === 'expired') return { state: 'expired' }
  if (checkout.kind === 'subscription') return { state: 'subscribed', status }
  return { state: 'purchased', usesPurchased: checkout.usesPurchased ?? 0, usesLeft: credits.available }
}
