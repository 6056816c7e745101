import { invalidRequest, type StripeFailure } from './failure.ts'
import type { NextAction, PaymentError, PaymentIntent, SetupIntent } from './objects/payment.ts'

type Changes = Partial<PaymentIntent>
type SetupChanges = Partial<SetupIntent>

const confirmable = ['requires_payment_method', 'requires_confirmation', 'requires_action']

export const canConfirm = (intent: PaymentIntent | SetupIntent): boolean => confirmable.includes(intent.status)

export const canCancel = (intent: PaymentIntent | SetupIntent): boolean =>
  canConfirm(intent) || intent.status === 'requires_capture'

/** What becomes of the card afterwards: what is said of cards goes before what is said of all methods. */
export const usageOf = (intent: PaymentIntent): 'off_session' | 'on_session' | null => {
  const usage = intent.payment_method_options.card.setup_future_usage ?? intent.setup_future_usage
  return usage === 'none' ? null : usage
}

/** Whether the money is only held until the seller takes it. */
export const capturesLater = ({ capture_method, payment_method_options }: PaymentIntent): boolean =>
  capture_method === 'manual' || payment_method_options.card.capture_method === 'manual'

const label = (intent: PaymentIntent | SetupIntent): string =>
  intent.object === 'payment_intent' ? 'PaymentIntent' : 'SetupIntent'

/** Stripe's refusal of a verb that does not fit the intent's status. */
export const unexpectedState = (intent: PaymentIntent | SetupIntent, verb: string): StripeFailure =>
  invalidRequest(`You cannot ${verb} this ${label(intent)} because it has a status of ${intent.status}.`, {
    code: `${intent.object}_unexpected_state`,
  })

export const prepared = (paymentMethod: string): Changes => ({
  payment_method: paymentMethod,
  status: 'requires_confirmation',
})

export const asked = (paymentMethod: string, nextAction: NextAction): Changes & SetupChanges => ({
  payment_method: paymentMethod,
  next_action: nextAction,
  status: 'requires_action',
})

export const paid = (intent: PaymentIntent, charge: string, paymentMethod: string): Changes => ({
  amount_received: intent.amount,
  last_payment_error: null,
  latest_charge: charge,
  next_action: null,
  payment_method: paymentMethod,
  status: 'succeeded',
})

/** Nobody waits for the bank any more: the payment is about something else now. */
export const abandoned: Changes = { next_action: null, payment_method: null, status: 'requires_payment_method' }

/** The bank keeps the money until it is captured. */
export const authorized = (intent: PaymentIntent, charge: string, paymentMethod: string): Changes => ({
  ...paid(intent, charge, paymentMethod),
  amount_capturable: intent.amount,
  amount_received: 0,
  status: 'requires_capture',
})

export const unpaid = (error: PaymentError): Changes => ({
  last_payment_error: error,
  ...(error.charge === undefined ? {} : { latest_charge: error.charge }),
  next_action: null,
  payment_method: null,
  status: 'requires_payment_method',
})

export const canceled = (now: number, reason: string | null): Changes => ({
  canceled_at: now,
  cancellation_reason: reason,
  next_action: null,
  status: 'canceled',
})

export const setUp = (paymentMethod: string): SetupChanges => ({
  last_setup_error: null,
  next_action: null,
  payment_method: paymentMethod,
  status: 'succeeded',
})

export const notSetUp = (error: PaymentError): SetupChanges => ({
  last_setup_error: error,
  next_action: null,
  payment_method: null,
  status: 'requires_payment_method',
})
