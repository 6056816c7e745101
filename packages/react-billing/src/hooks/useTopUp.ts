import type { PurchaseRequest, StartedPurchase } from '@paywright/contract'
import { useEffect, useReducer, useRef } from 'react'
import { advance, type PaymentState } from '../lib/payment-sequence.ts'
import { useBilling } from '../provider/billing-context.ts'
import { type PaymentSteps, pay } from './pay.ts'
import { useAttempt } from './useAttempt.ts'
import { useSettlement } from './useSettlement.ts'

export type TopUpPayment = PaymentState & {
  /** Buys a pack; while a payment is under way it does nothing. */
  pay: (request: PurchaseRequest, steps: PaymentSteps) => void
  /** Back to the form, after a payment has succeeded. */
  restart: () => void
}

/** What a payment came to. `usesLeft` is null when the balance can't be read at the moment. */
export type PaymentResult = { purchase: StartedPurchase; usesLeft: number | null }

export type TopUpOptions = {
  /** Told once the server has the credits in its books. */
  onSuccess?: ((result: PaymentResult) => void) | undefined
}

/**
 * Buys credits in the page. What the form does is handed in: `PaymentForm` of `@paywright/react-billing/payment` does
 * it with Stripe. An attempt keeps its Idempotency-Key until its outcome is known, so that nobody pays twice.
 */
export const useTopUp = ({ onSuccess }: TopUpOptions = {}): TopUpPayment => {
  const [state, tell] = useReducer(advance, { state: 'idle' })
  const billing = useBilling()
  const attempt = useAttempt()
  const settlement = useSettlement()
  const underWay = useRef<AbortController | null>(null)
  useEffect(() => () => underWay.current?.abort(), [])

  const run = async (request: PurchaseRequest, steps: PaymentSteps, { signal }: AbortController) => {
    const last = await pay({ request, steps, billing, attempt, settlement, tell, signal })
    if (signal.aborted) return
    underWay.current = null
    tell(last)
    if (last.state === 'failed') billing.onEvent({ type: 'purchase_refused', code: last.refusal.code, request })
    if (last.state !== 'succeeded') return
    billing.onEvent({ type: 'purchase_succeeded', purchase: last.purchase })
    onSuccess?.({ purchase: last.purchase, usesLeft: last.usesLeft })
  }
  const start = (request: PurchaseRequest, steps: PaymentSteps) => {
    if (underWay.current) return
    underWay.current = new AbortController()
    void run(request, steps, underWay.current)
  }
  return { ...state, pay: start, restart: () => tell({ state: 'idle' }) }
}
