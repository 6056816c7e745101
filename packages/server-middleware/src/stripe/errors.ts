import { Stripe } from 'stripe'
import { BillingError, isBillingError } from '../domain/errors.ts'
import type { Logger } from '../ports/logger.ts'
import { toPaymentFailure } from './payment-failure.ts'

const { errors } = Stripe

type Setting = { errand: string; logger: Logger }

/** What went wrong, in our words: Stripe's own are kept as the cause and go no further. */
export const toBillingError = (error: unknown, setting: Setting): unknown => {
  if (isBillingError(error) || !(error instanceof errors.StripeError)) return error
  const { code, param, statusCode: status, requestId: providerRequestId } = error
  const { errand, logger } = setting
  logger.warn({ errand, type: error.type, code, param, status, providerRequestId }, 'stripe_request_failed')
  return translate(error, errand)
}

const translate = (error: Stripe.errors.StripeError, errand: string): BillingError => {
  const about = { cause: error, ...(error.requestId ? { providerRequestId: error.requestId } : {}) }
  if (error instanceof errors.StripeCardError) {
    return new BillingError('provider_refused', toPaymentFailure(error).message, about)
  }
  if (isPassing(error)) {
    return new BillingError(
      'provider_unavailable',
      `Stripe did not answer our request to ${errand}. Try again in a moment.`,
      about,
    )
  }
  if (error instanceof errors.StripeAuthenticationError || error instanceof errors.StripePermissionError) {
    return new BillingError('misconfigured', keyRefused(errand), about)
  }
  if (error instanceof errors.StripeInvalidRequestError && error.param?.startsWith('discounts')) {
    return new BillingError('promotion_code_invalid', 'This promotion code cannot be used for this order.', about)
  }
  return new BillingError(
    'provider_refused',
    `Stripe refused to ${errand}. Its reason is in the log, under its request id.`,
    about,
  )
}

const isPassing = (error: Stripe.errors.StripeError): boolean =>
  error instanceof errors.StripeConnectionError ||
  error instanceof errors.StripeAPIError ||
  error instanceof errors.StripeRateLimitError

const keyRefused = (errand: string): string =>
  `Stripe does not let our key ${errand}. Check that the secret key was not rolled, belongs to this account and, if ` +
  'it is a restricted one, has the permission.'

/** Whether Stripe has no such object. */
export const isMissing = (error: unknown): boolean =>
  error instanceof errors.StripeInvalidRequestError && error.code === 'resource_missing' && error.statusCode === 404

/** Whether the object is no longer in a state where it could be changed. */
export const isTooLate = (error: unknown): boolean =>
  error instanceof errors.StripeInvalidRequestError && error.statusCode === 400

export const isDeclined = (error: unknown): boolean => error instanceof errors.StripeCardError

/** The payment that an error declined; an error that declined none goes on. */
export const declinedPayment = (error: unknown): string => {
  if (error instanceof errors.StripeCardError && error.payment_intent) return error.payment_intent.id
  throw error
}

/** For `.catch`: null instead of the errors that `expected` knows. */
export const nullWhen =
  (expected: (error: unknown) => boolean) =>
  (error: unknown): null => {
    if (expected(error)) return null
    throw error
  }
