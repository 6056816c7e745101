import type { Purchase, PurchaseRequest, StartedPurchase } from '@paywright/contract'
import { isOutcomeOpen } from '../client/billing-client-error.ts'
import type { PaymentState, Refusal } from '../lib/payment-sequence.ts'
import { purchaseProgress } from '../lib/purchase-progress.ts'
import type { Billing } from '../provider/billing-context.ts'
import type { Attempts } from './useAttempt.ts'
import type { Settlement } from './useSettlement.ts'

/** What the form on the page contributes to a payment. */
export type PaymentSteps = {
  /** Checks what was typed; the form itself shows what is missing. */
  validate(): Promise<'complete' | 'incomplete' | Refusal>
  /** Has the bank confirm it, a challenge included; null when the bank agreed. */
  confirm(purchase: StartedPurchase): Promise<Refusal | null>
}

export type PaymentInput = {
  request: PurchaseRequest
  steps: PaymentSteps
  billing: Billing
  attempt: Attempts
  settlement: Settlement
  tell: (state: PaymentState) => void
  signal: AbortSignal
}

/** One payment from beginning to end, told to `tell` as it goes on; answers the state that ends it. */
export const pay = async (input: PaymentInput): Promise<PaymentState> => {
  const { steps, tell } = input
  try {
    tell({ state: 'validating' })
    const typed = await steps.validate()
    if (typed === 'incomplete') return { state: 'idle' }
    if (typed !== 'complete') return failed(typed)
    tell({ state: 'creating' })
    return await confirm(input, await startPurchase(input))
  } catch (error) {
    return failed(refusalOf(error, input.billing))
  }
}

const startPurchase = async ({ request, billing, attempt }: PaymentInput): Promise<StartedPurchase> => {
  try {
    const purchase = await billing.client.startPurchase(request, { idempotencyKey: attempt.keyFor(request) })
    billing.onEvent({ type: 'purchase_started', purchase })
    return purchase
  } catch (error) {
    if (!isOutcomeOpen(error)) attempt.close()
    throw error
  }
}

/** From here on money may move: an error no longer means that nothing was charged. */
const confirm = async (input: PaymentInput, purchase: StartedPurchase): Promise<PaymentState> => {
  const { steps, settlement, attempt, billing, tell, signal } = input
  try {
    tell({ state: 'confirming', purchase })
    const refusal = await steps.confirm(purchase)
    if (refusal) return failed(refusal)
    tell({ state: 'processing', purchase, slow: false })
    const onSlow = () => tell({ state: 'processing', purchase, slow: true })
    const seen = await settlement.settled({ paymentId: purchase.paymentId, onSlow, signal })
    attempt.close()
    if (purchaseProgress(seen) === 'failed') return failed(failureOf(seen, billing))
    return { state: 'succeeded', purchase, usesLeft: await settlement.countUses(purchase.unit) }
  } catch (error) {
    billing.onError(error)
    return failed({ code: 'unconfirmed', message: billing.translate('returnFailed') })
  }
}

const failed = (refusal: Refusal): PaymentState => ({ state: 'failed', refusal })

const refusalOf = (error: unknown, { onError, translate }: Billing): Refusal => {
  onError(error)
  return isOutcomeOpen(error)
    ? { code: 'unreachable', message: translate('paymentUnreachable') }
    : { code: 'refused', message: translate('paymentFailed') }
}

const failureOf = ({ failure }: Purchase, { translate }: Billing): Refusal =>
  failure ?? { code: 'canceled', message: translate('purchaseCanceled') }
