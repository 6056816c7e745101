import type { CheckoutOutcome, Purchase, Status } from '@paywright/contract'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { pollUntil } from '../client/poll-until.ts'
import { billingKey, plansQuery, statusQuery } from '../client/queries.ts'
import type { Landing } from '../lib/landing.ts'
import { unitsOf } from '../lib/units-of.ts'
import { type Billing, useBilling } from '../provider/billing-context.ts'
import { leftOf, type Settlement, useSettlement } from './useSettlement.ts'

/** How the visit to Checkout or to the bank, from which the visitor has just come back, ended. */
export type CheckoutReturnState =
  | { state: 'none' }
  | { state: 'canceled' }
  | { state: 'checking'; slow: boolean }
  | { state: 'expired' }
  | { state: 'subscribed'; status: Status }
  | { state: 'purchased'; usesPurchased: number; usesLeft: number | null }
  | { state: 'refused'; purchase: Purchase }
  | { state: 'error'; error: Error; retry: () => unknown }

/** Reads the address once, asks the server what happened, and cleans the address. */
export const useCheckoutReturn = (): CheckoutReturnState => {
  const billing = useBilling()
  const settlement = useSettlement()
  const [landing, setLanding] = useState<Landing>({ kind: 'none' })
  const [slow, setSlow] = useState(false)
  const store = billing.landing

  useEffect(() => {
    setLanding(store.read())
    store.clean()
  }, [store])

  const query = useQuery(
    {
      queryKey: [...billingKey(billing.client), 'return', landing],
      queryFn: ({ signal }) => askOutcome({ landing, billing, settlement, signal, onSlow: () => setSlow(true) }),
      enabled: landing.kind === 'checkout' || landing.kind === 'payment',
      staleTime: Number.POSITIVE_INFINITY,
      networkMode: 'always',
    },
    billing.queryClient,
  )
  if (query.data) return query.data
  if (query.isError && !query.isFetching)
    return { state: 'error', error: query.error, retry: () => void query.refetch() }
  if (query.isFetching) return { state: 'checking', slow }
  return { state: landing.kind === 'canceled' ? 'canceled' : 'none' }
}

type OutcomeInput = {
  landing: Landing
  billing: Billing
  settlement: Settlement
  onSlow: () => void
  signal: AbortSignal
}

const askOutcome = async (input: OutcomeInput): Promise<CheckoutReturnState> => {
  const { landing, settlement, onSlow, signal } = input
  if (landing.kind !== 'payment') return outcomeOf(await askCheckout(input))
  const purchase = await settlement.settled({ paymentId: landing.paymentId, onSlow, signal })
  if (purchase.status !== 'succeeded') return { state: 'refused', purchase }
  return { state: 'purchased', usesPurchased: unitsOf(purchase), usesLeft: await settlement.countUses(purchase.unit) }
}

/**
 * The first question is the one that the rest of the page asks, so it is asked once. What the plans offer was decided
 * before the answer, so they are asked for again.
 */
const askCheckout = async ({ billing, onSlow, signal }: OutcomeInput): Promise<Status> => {
  const { client, queryClient } = billing
  const query = statusQuery(client, billing.landing.statusQuery)
  const status = await pollUntil({
    ask: (asked) => queryClient.fetchQuery(asked === 1 ? query : { ...query, staleTime: 0 }),
    isDone: ({ checkout }, asked) => (checkout ? isOver(checkout) : asked > 1),
    onSlow,
    signal,
  })
  void queryClient.invalidateQueries(plansQuery(client))
  return status
}

const isOver = ({ status }: CheckoutOutcome): boolean => status === 'complete' || status === 'expired'

const outcomeOf = (status: Status): CheckoutReturnState => {
  const { checkout, credits } = status
  if (checkout === null) return { state: 'none' }
  if (checkout.status === 'expired') return { state: 'expired' }
  if (checkout.kind === 'subscription') return { state: 'subscribed', status }
  const usesPurchased = (checkout.usesPurchased ?? 0) / checkout.scale
  return { state: 'purchased', usesPurchased, usesLeft: leftOf(credits, checkout.unit) }
}
