import { type FailureKind, StripeFailure } from '../domain/failure.ts'

export const rateLimit = (): StripeFailure =>
  new StripeFailure(429, {
    type: 'invalid_request_error',
    code: 'rate_limit',
    message: 'Too many requests hit the API too quickly. We recommend an exponential backoff of your requests.',
  })

const lockTimeout = (): StripeFailure =>
  new StripeFailure(429, {
    type: 'invalid_request_error',
    code: 'lock_timeout',
    message:
      'This object cannot be accessed right now because another API request or Stripe process is currently accessing it. If you see this error intermittently, retry the request.',
  })

/** The refusal of a request that never begins; undefined for what happens to one that does. */
export const refusalBefore = (kind: FailureKind | undefined): StripeFailure | undefined => {
  if (kind === 'rate_limit') return rateLimit()
  return kind === 'lock_timeout' ? lockTimeout() : undefined
}

/** Begun, and broken: Stripe remembers such an answer for its idempotency key. */
export const serverError = (): StripeFailure =>
  new StripeFailure(500, {
    type: 'api_error',
    message: 'An unknown error occurred. The Stripe simulator was told to fail.',
  })
