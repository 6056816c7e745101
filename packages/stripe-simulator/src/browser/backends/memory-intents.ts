import type { PaymentIntent, SetupIntent, StripeError } from '@stripe/stripe-js'
import type { Refusal } from '../../domain/card.ts'
import type { Intent } from '../backend.ts'

export interface PaymentTerms {
  readonly amount: number
  readonly currency: string
  readonly setupFutureUsage?: 'off_session' | 'on_session'
}

/** When and under which id an intent is made. */
export interface Birth {
  readonly id: string
  readonly created: number
}

const fresh = ({ id, created }: Birth) => ({
  id,
  created,
  client_secret: `${id}_secret_simulated`,
  cancellation_reason: null,
  description: null,
  livemode: false,
  next_action: null,
  payment_method: null,
  payment_method_types: ['card'],
  status: 'requires_payment_method' as const,
})

export const freshPaymentIntent = (birth: Birth, terms: PaymentTerms): PaymentIntent => ({
  ...fresh(birth),
  object: 'payment_intent',
  amount: terms.amount,
  canceled_at: null,
  capture_method: 'automatic',
  confirmation_method: 'automatic',
  currency: terms.currency,
  last_payment_error: null,
  receipt_email: null,
  setup_future_usage: terms.setupFutureUsage ?? null,
  shipping: null,
})

export const freshSetupIntent = (birth: Birth): SetupIntent => ({
  ...fresh(birth),
  object: 'setup_intent',
  last_setup_error: null,
  usage: 'off_session',
})

type Change = Partial<Pick<PaymentIntent, 'next_action' | 'payment_method' | 'status'>>
type Failure = Omit<PaymentIntent.LastPaymentError, 'payment_method'>

const errorFields = { payment_intent: 'last_payment_error', setup_intent: 'last_setup_error' } as const

const changed = <I extends Intent>(intent: I, change: Change, failure: Failure | null): I => ({
  ...intent,
  ...change,
  [errorFields[intent.object]]: failure,
})

export const succeeded = <I extends Intent>(intent: I, paymentMethod: string): I =>
  changed(intent, { status: 'succeeded', next_action: null, payment_method: paymentMethod }, null)

export const asking = <I extends Intent>(intent: I, paymentMethod: string, action: PaymentIntent.NextAction): I =>
  changed(intent, { status: 'requires_action', next_action: action, payment_method: paymentMethod }, null)

const backToStart = <I extends Intent>(intent: I, failure: Failure): I =>
  changed(intent, { status: 'requires_payment_method', next_action: null, payment_method: null }, failure)

export const refused = <I extends Intent>(intent: I, { code, declineCode, message }: Refusal): I =>
  backToStart(intent, {
    type: 'card_error',
    code,
    ...(declineCode === undefined ? {} : { decline_code: declineCode }),
    message,
  })

export const unauthenticated = <I extends Intent>(intent: I): I =>
  backToStart(intent, {
    type: 'invalid_request_error',
    code: `${intent.object}_authentication_failure`,
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
  })

const failureOf = (intent: Intent): StripeError =>
  (intent.object === 'payment_intent' ? intent.last_payment_error : intent.last_setup_error) ?? {
    type: 'invalid_request_error',
    code: `${intent.object}_unexpected_state`,
    message: `This ${intent.object} cannot go on from its status, ${intent.status}.`,
  }

/** The error that Stripe.js resolves with, the intent in it. */
export const errorOf = (intent: Intent): StripeError =>
  intent.object === 'payment_intent'
    ? { ...failureOf(intent), payment_intent: intent }
    : { ...failureOf(intent), setup_intent: intent }
