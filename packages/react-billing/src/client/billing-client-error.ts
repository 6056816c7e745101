import type { AnyProblem, BillingErrorCode } from '@paywright/contract'

/** `unreachable`: no answer came. `unexpected_answer`: one came that isn't the billing router's. */
export type ClientErrorCode = BillingErrorCode | 'unreachable' | 'unexpected_answer'

type BillingClientErrorInput = { code: ClientErrorCode; message: string; problem?: AnyProblem; cause?: unknown }

/**
 * Why a request failed. `problem` is the server's own account of it, with `details` typed by its `code`, and a
 * `requestId` to look for in the logs; null when no problem document came.
 */
export class BillingClientError extends Error {
  override readonly name = 'BillingClientError'
  readonly code: ClientErrorCode
  readonly problem: AnyProblem | null

  constructor({ code, message, problem, cause }: BillingClientErrorInput) {
    super(message, { cause })
    this.code = code
    this.problem = problem ?? null
  }
}

/**
 * Whether `error` is a `BillingClientError`, and of `code` when one is given.
 *
 * @example if (isBillingClientError(error, 'unauthenticated')) signIn()
 */
export const isBillingClientError = (error: unknown, code?: ClientErrorCode): error is BillingClientError =>
  error instanceof Error &&
  error.name === 'BillingClientError' &&
  (code === undefined || ('code' in error && error.code === code))

const worthRepeating: readonly string[] = [
  'unreachable',
  'provider_unavailable',
  'store_unavailable',
  'internal',
] satisfies ClientErrorCode[]

/** Whether asking again, unchanged, may help. */
export const isPassing = (error: unknown): boolean => isBillingClientError(error) && worthRepeating.includes(error.code)

const withoutOutcome: readonly string[] = [
  'unreachable',
  'unexpected_answer',
  'outcome_unknown',
  'request_in_progress',
] satisfies ClientErrorCode[]

/** Whether the server may have done it all the same: the next try must carry the same Idempotency-Key. */
export const isOutcomeOpen = (error: unknown): boolean =>
  isBillingClientError(error) && withoutOutcome.includes(error.code)
