import type { StartedPurchase } from '@paywright/contract'

/** Why a payment did not happen, in words for the buyer. `code` is Stripe's, or the kit's own. */
export type Refusal = { code: string; message: string }

/**
 * One payment, from the button to the credits. `confirming` may have a bank's challenge open; `processing` lasts until
 * the server has seen the money.
 */
export type PaymentState =
  | { state: 'idle' }
  | { state: 'validating' }
  | { state: 'creating' }
  | { state: 'confirming'; purchase: StartedPurchase }
  | { state: 'processing'; purchase: StartedPurchase; slow: boolean }
  | { state: 'succeeded'; purchase: StartedPurchase; usesLeft: number | null }
  | { state: 'failed'; refusal: Refusal }

export type PaymentStep =
  | { type: 'submitted' }
  | { type: 'incomplete' }
  | { type: 'validated' }
  | { type: 'created'; purchase: StartedPurchase }
  | { type: 'confirmed'; purchase: StartedPurchase }
  | { type: 'delayed'; purchase: StartedPurchase }
  | { type: 'settled'; purchase: StartedPurchase; usesLeft: number | null }
  | { type: 'refused'; refusal: Refusal }
  | { type: 'restarted' }

/** Where a payment stands after a step. */
export const advance = (state: PaymentState, step: PaymentStep): PaymentState => {
  switch (step.type) {
    case 'submitted':
      return isBusy(state) ? state : { state: 'validating' }
    case 'validated':
      return { state: 'creating' }
    case 'created':
      return { state: 'confirming', purchase: step.purchase }
    case 'confirmed':
      return { state: 'processing', purchase: step.purchase, slow: false }
    case 'delayed':
      return { state: 'processing', purchase: step.purchase, slow: true }
    case 'settled':
      return { state: 'succeeded', purchase: step.purchase, usesLeft: step.usesLeft }
    case 'refused':
      return { state: 'failed', refusal: step.refusal }
    case 'incomplete':
    case 'restarted':
      return { state: 'idle' }
  }
}

/** While this holds, another press of the button does nothing. */
export const isBusy = ({ state }: PaymentState): boolean =>
  state === 'validating' || state === 'creating' || state === 'confirming' || state === 'processing'
