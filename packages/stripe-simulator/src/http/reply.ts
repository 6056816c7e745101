import type { Response } from 'express'
import { type ApiError, StripeFailure } from '../domain/failure.ts'

export interface Reply {
  readonly status: number
  readonly body: string
  /** Whether the client may try again; where nothing is said, it decides by the status. */
  readonly retry?: boolean
}

/** Version 2 of the API, where bodies are JSON and errors have a code before they have a type. */
export const isLater = (path: string): boolean => path.startsWith('/v2/')

const typed = new Set(['idempotency_error', 'rate_limit', 'temporary_session_expired'])

const codesByStatus: Readonly<Record<number, string>> = {
  401: 'invalid_api_key',
  404: 'not_found',
  413: 'request_too_large',
  500: 'internal_error',
}

const laterCode = ({ code, type }: ApiError, status: number): string => {
  if (code?.startsWith('parameter_')) return 'invalid_fields'
  if (code === 'resource_missing') return 'not_found'
  if (type === 'idempotency_error') return code ?? type
  return code ?? codesByStatus[status] ?? 'invalid_fields'
}

const laterError = (error: ApiError, status: number) => {
  const { message, type, doc_url } = error
  const code = laterCode(error, status)
  const kind = code === 'rate_limit' || code === 'lock_timeout' ? 'rate_limit' : type
  return { ...(typed.has(kind) ? { type: kind, ...(doc_url ? { doc_url } : {}) } : {}), code, message }
}

const toFailure = (cause: unknown): StripeFailure =>
  cause instanceof StripeFailure
    ? cause
    : new StripeFailure(500, { type: 'api_error', message: `The Stripe simulator failed: ${String(cause)}` })

const retryAfter = ({ status, error }: StripeFailure): Pick<Reply, 'retry'> => {
  if (status === 501) return { retry: false }
  return error.code === 'lock_timeout' ? { retry: true } : {}
}

/** What a refusal answers, in the shape of the API's version that was asked. */
export const refusal = (cause: unknown, path: string): Reply => {
  const failure = toFailure(cause)
  const { status } = failure
  const error = isLater(path) ? laterError(failure.error, status) : failure.error
  return { status, body: JSON.stringify({ error }, null, 2), ...retryAfter(failure) }
}

export const send = (response: Response, { status, body, retry }: Reply): void => {
  if (retry !== undefined) response.set('stripe-should-retry', String(retry))
  response.status(status).type('application/json').send(body)
}
