import type { Purchase, PurchaseRequest, StartedPurchase } from '@paywright/contract'
import { useEffect, useReducer, useRef } from 'react'
import { isOutcomeOpen } from '../client/billing-client-error.ts'
import { advance, type PaymentState, type PaymentStep, type Refusal } from '../lib/payment-sequence.ts'
import { useBilling } from '../provider/billing-context.ts'
import { type PaymentSteps, runPayment } from './run-payment.ts'
import { useAttempt } from './useAttempt.ts'
import { useSettlement } from './useSettlement.ts'
import { useText } from './useText.ts'

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
  const [state, dispatch] = useReducer(advance, { state: 'idle' })
  const { startPurchase, finish } = usePurchaseAttempt()
  const { settled, countUses } = useSettlement()
  const refusals = useRefusals()
  const underWay = useRef<AbortController | null>(null)
  useEffect(() => () => underWay.current?.abort(), [])

  const run = async (request: PurchaseRequest, steps: PaymentSteps, { signal }: AbortController) => {
    const onSlow = (purchase: StartedPurchase) => dispatch({ type: 'delayed', purchase })
    const last = await runPayment({
      steps,
      dispatch,
      countUses,
      ...refusals,
      startPurchase: () => startPurchase(request),
      settled: (purchase) => settled({ paymentId: purchase.paymentId, onSlow: () => onSlow(purchase), signal }),
    })
    if (signal.aborted) return
    underWay.current = null
    finish(request, last)
    dispatch(last)
    if (last.type === 'settled') onSuccess?.({ purchase: last.purchase, usesLeft: last.usesLeft })
  }
  const pay = (request: PurchaseRequest, steps: PaymentSteps) => {
    if (underWay.current) return
    underWay.current = new AbortController()
    void run(request, steps, underWay.current)
  }
  return { ...state, pay, restart: () => dispatch({ type: 'restarted' }) }
}

/** Starts purchases under one key an attempt, and tells the host about them. */
const usePurchaseAttempt = () => {
  const { client, onEvent } = useBilling()
  const attempt = useAttempt()
  const startPurchase = async (request: PurchaseRequest) => {
    try {
      const purchase = await client.startPurchase(request, { idempotencyKey: attempt.keyFor(request) })
      onEvent({ type: 'purchase_started', paymentId: purchase.paymentId, packId: purchase.packId })
      return purchase
    } catch (error) {
      if (!isOutcomeOpen(error)) attempt.close()
      throw error
    }
  }
  const finish = (request: PurchaseRequest, last: PaymentStep) => {
    if (last.type === 'refused')
      onEvent({ type: 'purchase_refused', code: last.refusal.code, packId: request.packId ?? null })
    if (last.type !== 'settled') return
    attempt.close()
    onEvent({ type: 'purchase_succeeded', paymentId: last.purchase.paymentId, packId: last.purchase.packId })
  }
  return { startPurchase, finish }
}

const useRefusals = () => {
  const { onError } = useBilling()
  const { t, trouble } = useText()
  const refusalOf = (error: unknown, when: 'before' | 'after'): Refusal => {
    onError(error)
    if (when === 'after') return { code: 'unconfirmed', message: t('returnFailed') }
    return isOutcomeOpen(error)
      ? { code: 'unreachable', message: t('paymentUnreachable') }
      : { code: 'refused', message: trouble(error, 'paymentFailed') }
  }
  const failureOf = ({ failure }: Purchase): Refusal => failure ?? { code: 'canceled', message: t('purchaseCanceled') }
  return { refusalOf, failureOf }
}
