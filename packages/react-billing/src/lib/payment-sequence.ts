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

type Name = PaymentState['state']

const mayFollow: Record<Name, readonly Name[]> = {
  idle: ['validating'],
  validating: ['idle', 'creating', 'failed'],
  creating: ['confirming', 'failed'],
  confirming: ['processing', 'failed'],
  processing: ['processing', 'succeeded', 'failed'],
  succeeded: ['idle'],
  failed: ['validating', 'idle'],
}

/** Where a payment stands next; what cannot follow changes nothing. */
export const advance = (now: PaymentState, next: PaymentState): PaymentState =>
  mayFollow[now.state].includes(next.state) ? next : now

/** A payment that is under way. */
export type BusyState = Exclude<PaymentState, { state: 'idle' | 'succeeded' | 'failed' }>

const atRest: readonly Name[] = ['idle', 'succeeded', 'failed']

/** While this holds, another press of the button does nothing. */
export const isBusy = (payment: PaymentState): payment is BusyState => !atRest.includes(payment.state)
