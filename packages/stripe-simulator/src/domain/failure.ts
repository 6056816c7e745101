import type { StripeObject } from './objects/base.ts'

export interface ApiError {
  readonly type:
    | 'api_error'
    | 'card_error'
    | 'idempotency_error'
    | 'invalid_request_error'
    | 'temporary_session_expired'
  readonly message: string
  readonly code?: string
  readonly param?: string
  readonly decline_code?: string
  readonly advice_code?: string
  readonly charge?: string
  readonly doc_url?: string
  readonly payment_intent?: unknown
  readonly payment_method?: unknown
  readonly setup_intent?: unknown
}

/** A refusal in Stripe's own shape: what the API answers instead of an object. */
export class StripeFailure extends Error {
  override readonly name = 'StripeFailure'
  readonly status: number
  readonly error: ApiError

  constructor(status: number, error: ApiError) {
    super(error.message)
    this.status = status
    this.error =
      error.code === undefined
        ? error
        : { doc_url: `https://stripe.com/docs/error-codes/${error.code.replaceAll('_', '-')}`, ...error }
  }
}

/** What a request can be made to meet instead of its answer. `timeout`: it is carried out, and never answered. */
export type FailureKind = 'lock_timeout' | 'rate_limit' | 'server_error' | 'timeout'

export interface Blame {
  readonly code?: string
  readonly param?: string
  readonly status?: number
}

export const invalidRequest = (message: string, { status = 400, ...blame }: Blame = {}): StripeFailure =>
  new StripeFailure(status, { type: 'invalid_request_error', message, ...blame })

const labels: Readonly<Record<string, string>> = {
  credit_note: 'credit note',
  customer_balance_transaction: 'customer balance transaction',
  payment_method: 'PaymentMethod',
  setup_intent: 'setupintent',
  subscription_schedule: 'subscription schedule',
  'test_helpers.test_clock': 'test clock',
  promotion_code: 'promotion code',
  webhook_endpoint: 'webhook endpoint',
  'billing.alert': 'alert',
  'billing.credit_balance_transaction': 'credit balance transaction',
  'billing.credit_grant': 'credit grant',
  'billing.feedback_option': 'feedback option',
  'billing.meter': 'meter',
  'entitlements.active_entitlement': 'active entitlement',
  'entitlements.feature': 'feature',
  product_feature: 'product feature',
  'billing_portal.configuration': 'configuration',
}

/** An object that is not there: 404 when it was asked for, 400 when a request only refers to it. */
export const noSuch = (name: string, id: string, blame: Blame): StripeFailure =>
  invalidRequest(`No such ${labels[name] ?? name}: '${id}'`, { code: 'resource_missing', ...blame })

export const missingParam = (param: string): StripeFailure =>
  invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })

/** Better no answer than a made-up one. Status 501, and the client is told not to try again. */
export const notSimulated = (what: string, param?: string): StripeFailure =>
  new StripeFailure(501, {
    type: 'api_error',
    code: 'simulator_not_implemented',
    message: `The Stripe simulator does not implement ${what}. Stripe does: nothing is wrong with the request.`,
    ...(param === undefined ? {} : { param }),
  })

interface Decline {
  readonly type: 'card_error' | 'invalid_request_error'
  readonly code: string
  readonly decline_code?: string
  readonly message: string
  readonly charge?: string
  readonly payment_method?: unknown
}

const unfinished: Decline = {
  type: 'card_error',
  code: 'subscription_payment_intent_requires_action',
  message: 'Payment for this subscription requires additional user action before it can be completed successfully.',
}

/** What a declined payment answers: 402, with the intent as the decline left it. */
export const cardFailure = (error: Decline | null, intent: StripeObject): StripeFailure =>
  new StripeFailure(402, { ...(error ?? unfinished), [intent.object]: intent })
