import type { Pack } from './plans.ts'

/** Every way a request can fail. Closed: a new code is a change of this list, of the statuses and of the docs. */
export const billingErrorCodes = [
  'invalid_request',
  'email_required',
  'unauthenticated',
  'forbidden',
  'cross_site_request',
  'subscription_required',
  'plan_required',
  'feature_required',
  'plan_limit_reached',
  'insufficient_credits',
  'credits_frozen',
  'hold_closed',
  'not_found',
  'method_not_allowed',
  'already_subscribed',
  'request_in_progress',
  'purchase_not_open',
  'idempotency_conflict',
  'payload_too_large',
  'unsupported_media_type',
  'too_many_requests',
  'webhook_signature_invalid',
  'webhook_body_consumed',
  'webhook_in_progress',
  'promotion_code_invalid',
  'unknown_provider',
  'provider_refused',
  'provider_unavailable',
  'store_unavailable',
  'outcome_unknown',
  'misconfigured',
  'internal',
] as const

export type BillingErrorCode = (typeof billingErrorCodes)[number]

/** One field of a request that is wrong: where it is (`'items.0.quantity'`) and what is wrong with it. */
export type InvalidField = { path: string; message: string }

/** What an error carries besides its message, by code. Codes that are not listed carry nothing. */
export type BillingErrorDetails = {
  invalid_request: { fields: InvalidField[] }
  insufficient_credits: { unit: string; creditsNeeded: number; creditsAvailable: number; packs: Pack[] }
  already_subscribed: { planId: string | null }
  plan_required: { planId: string }
  feature_required: { feature: string; planId: string | null }
  plan_limit_reached: { limit: string; allowed: number; planId: string | null }
  too_many_requests: { retryAfterSeconds: number }
  purchase_not_open: { paymentId: string; status: string }
}

export type DetailsOf<Code extends BillingErrorCode> = Code extends keyof BillingErrorDetails
  ? BillingErrorDetails[Code]
  : undefined

/**
 * What a failed request answers: an RFC 9457 problem document (`application/problem+json`) with our `code`.
 * `requestId` is the line to look for in the logs; `providerRequestId` the provider's own, where it answered.
 */
export type Problem<Code extends BillingErrorCode = BillingErrorCode> = {
  type: string
  title: string
  status: number
  detail: string
  instance: string
  code: Code
  requestId: string
  providerRequestId?: string
} & (DetailsOf<Code> extends undefined ? { details?: never } : { details: DetailsOf<Code> })

/** A problem of any code; `problem.code === 'insufficient_credits'` narrows its `details`. */
export type AnyProblem = { [Code in BillingErrorCode]: Problem<Code> }[BillingErrorCode]

/** Whether a parsed body is a problem document of ours. */
export const isProblem = (body: unknown): body is AnyProblem =>
  typeof body === 'object' &&
  body !== null &&
  'code' in body &&
  (billingErrorCodes as readonly unknown[]).includes(body.code) &&
  'status' in body &&
  typeof body.status === 'number'
