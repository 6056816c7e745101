import type { BillingErrorCode } from '@paywright/contract'
import { BillingError, isBillingError } from '../domain/errors.ts'
import type { Answer } from './answer.ts'
import { type Exchange, pathOf } from './exchange.ts'

/** The one place where a code gets its HTTP status and its title. */
export const problemKinds = {
  invalid_request: { status: 400, title: 'Invalid request' },
  email_required: { status: 400, title: 'E-mail address required' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  forbidden: { status: 403, title: 'Not allowed' },
  cross_site_request: { status: 403, title: 'Cross-site request' },
  subscription_required: { status: 403, title: 'Subscription required' },
  plan_required: { status: 403, title: 'Another plan required' },
  feature_required: { status: 403, title: 'Feature not in this plan' },
  plan_limit_reached: { status: 403, title: 'Plan limit reached' },
  insufficient_credits: { status: 402, title: 'Not enough credits' },
  credits_frozen: { status: 403, title: 'Credits are frozen' },
  hold_closed: { status: 409, title: 'Hold is over' },
  not_found: { status: 404, title: 'Not found' },
  method_not_allowed: { status: 405, title: 'Method not allowed' },
  already_subscribed: { status: 409, title: 'Already subscribed' },
  request_in_progress: { status: 409, title: 'Request in progress' },
  purchase_not_open: { status: 409, title: 'Purchase not open' },
  idempotency_conflict: { status: 422, title: 'Idempotency key used before' },
  payload_too_large: { status: 413, title: 'Body too large' },
  unsupported_media_type: { status: 415, title: 'Unsupported media type' },
  too_many_requests: { status: 429, title: 'Too many requests' },
  webhook_signature_invalid: { status: 400, title: 'Invalid webhook signature' },
  webhook_body_consumed: { status: 500, title: 'Webhook body consumed' },
  webhook_in_progress: { status: 503, title: 'Webhook in progress' },
  promotion_code_invalid: { status: 400, title: 'Invalid promotion code' },
  unknown_provider: { status: 404, title: 'Unknown payment provider' },
  provider_refused: { status: 502, title: 'Refused by the payment provider' },
  provider_unavailable: { status: 503, title: 'Payment provider unavailable' },
  store_unavailable: { status: 503, title: 'Database unavailable' },
  outcome_unknown: { status: 503, title: 'Outcome unknown' },
  misconfigured: { status: 500, title: 'Misconfigured' },
  internal: { status: 500, title: 'Internal error' },
} as const satisfies Record<BillingErrorCode, { status: number; title: string }>

/** After how many seconds it is worth asking again. */
const retryAfterSeconds: { readonly [Code in BillingErrorCode]?: number } = {
  request_in_progress: 1,
  webhook_in_progress: 10,
  provider_unavailable: 5,
  store_unavailable: 5,
  outcome_unknown: 1,
}

/** An error as the problem document that the client gets; logged, with what the client must not see. */
export const toProblemAnswer = (exchange: Exchange, thrown: unknown): Answer => {
  const error = toBillingError(thrown)
  const problem = toProblem(exchange, error)
  report(exchange, error)
  return {
    status: problem.status,
    body: JSON.stringify(problem),
    mediaType: 'application/problem+json',
    code: error.code,
    headers: retryHeaders(error),
  }
}

const toProblem = ({ req, requestId }: Exchange, error: BillingError) => ({
  type: `urn:paywright:problem:${error.code}`,
  ...problemKinds[error.code],
  detail: error.message,
  instance: pathOf(req),
  code: error.code,
  requestId,
  ...(error.providerRequestId === undefined ? {} : { providerRequestId: error.providerRequestId }),
  ...(error.details === undefined ? {} : { details: error.details }),
})

const report = ({ deps, req, requestId }: Exchange, error: BillingError): void => {
  const { status } = problemKinds[error.code]
  const fields = { requestId, method: req.method, path: pathOf(req), code: error.code, status }
  if (status < 500) deps.logger.info(fields, 'request_refused')
  else deps.logger.error({ ...fields, error }, 'request_failed')
}

const retryHeaders = (error: BillingError): Readonly<Record<string, string>> => {
  const seconds = isBillingError(error, 'too_many_requests')
    ? error.details.retryAfterSeconds
    : retryAfterSeconds[error.code]
  return seconds === undefined ? {} : { 'Retry-After': String(seconds) }
}

const toBillingError = (thrown: unknown): BillingError => {
  if (isBillingError(thrown)) return thrown
  const code = codeOfStatus(thrown)
  if (code === 'invalid_request') {
    const fields = [{ path: '', message: 'could not be read' }]
    return new BillingError(code, 'This request could not be read.', { cause: thrown, details: { fields } })
  }
  return new BillingError(code, plainMessages[code], { cause: thrown })
}

const plainMessages = {
  payload_too_large: 'The body of this request is too large.',
  unsupported_media_type: 'The body of this request is of a type that is not read here.',
  internal: 'Something failed on our side. Try again; if it stays, quote the requestId.',
} as const

/** Express and body parsers put a `status` on what they throw about a request. */
const codeOfStatus = (thrown: unknown): 'invalid_request' | keyof typeof plainMessages => {
  if (typeof thrown !== 'object' || thrown === null || !('status' in thrown)) return 'internal'
  if (thrown.status === 413) return 'payload_too_large'
  if (thrown.status === 415) return 'unsupported_media_type'
  return thrown.status === 400 ? 'invalid_request' : 'internal'
}
