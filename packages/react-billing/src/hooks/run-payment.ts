import type { Purchase, StartedPurchase } from '@paywright/contract'
import type { PaymentStep, Refusal } from '../lib/payment-sequence.ts'
import { purchaseProgress } from '../lib/purchase-progress.ts'

/** What the form on the page contributes to a payment. */
export type PaymentSteps = {
  /** Checks what was typed; the form itself shows what is missing. */
  validate(): Promise<'complete' | 'incomplete' | Refusal>
  /** Has the bank confirm it, a challenge included; null when the bank agreed. */
  confirm(purchase: StartedPurchase): Promise<Refusal | null>
}

export type PaymentInput = {
  steps: PaymentSteps
  startPurchase: () => Promise<StartedPurchase>
  /** Resolves when the server calls the purchase settled, one way or the other. */
  settled: (purchase: StartedPurchase) => Promise<Purchase>
  countUses: () => Promise<number | null>
  /** Why a purchase that the server calls failed did so. */
  failureOf: (purchase: Purchase) => Refusal
  /** What to say after an error: before the bank was asked, or after, when money may have moved. */
  refusalOf: (error: unknown, when: 'before' | 'after') => Refusal
  dispatch: (step: PaymentStep) => void
}

/** One payment from beginning to end, told to `dispatch` step by step; answers the step that ends it. */
export const runPayment = async (input: PaymentInput): Promise<PaymentStep> => {
  const { dispatch, refusalOf } = input
  try {
    dispatch({ type: 'submitted' })
    const typed = await input.steps.validate()
    if (typed === 'incomplete') return { type: 'incomplete' }
    if (typed !== 'complete') return { type: 'refused', refusal: typed }
    dispatch({ type: 'validated' })
    const purchase = await input.startPurchase()
    dispatch({ type: 'created', purchase })
    return await confirm(input, purchase).catch((error) => refused(refusalOf(error, 'after')))
  } catch (error) {
    return refused(refusalOf(error, 'before'))
  }
}

const confirm = async (input: PaymentInput, purchase: StartedPurchase): Promise<PaymentStep> => {
  const refusal = await input.steps.confirm(purchase)
  if (refusal) return refused(refusal)
  input.dispatch({ type: 'confirmed', purchase })
  const seen = await input.settled(purchase)
  if (purchaseProgress(seen) === 'failed') return refused(input.failureOf(seen))
  return { type: 'settled', purchase, usesLeft: await input.countUses() }
}

const refused = (refusal: Refusal): PaymentStep => ({ type: 'refused', refusal })
