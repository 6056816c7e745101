import type { BillingErrorCode, DetailsOf } from '@paywright/contract'

type ErrorOptionsOf<Code extends BillingErrorCode> = {
  cause?: unknown
  /** The payment provider's own id of the request that failed, for its support. */
  providerRequestId?: string
} & (DetailsOf<Code> extends undefined ? { details?: undefined } : { details: DetailsOf<Code> })

/**
 * The one error of the house. `message` says what happened, why it matters and what to do, and is safe to show to the
 * caller; `cause` holds what is not.
 *
 * @example throw new BillingError('not_found', 'There is no purchase pi_123 on this account.')
 */
export class BillingError<Code extends BillingErrorCode = BillingErrorCode> extends Error {
  override readonly name = 'BillingError'
  readonly code: Code
  readonly details: DetailsOf<Code>
  readonly providerRequestId: string | undefined

  constructor(
    ...[code, message, options]: DetailsOf<Code> extends undefined
      ? [code: Code, message: string, options?: ErrorOptionsOf<Code>]
      : [code: Code, message: string, options: ErrorOptionsOf<Code>]
  ) {
    super(message, options?.cause === undefined ? undefined : { cause: options.cause })
    this.code = code
    this.details = options?.details as DetailsOf<Code>
    this.providerRequestId = options?.providerRequestId
  }
}

/**
 * Whether an error is ours, and of that code. Looks at the name, not the class: two copies of the package may be loaded.
 *
 * @example if (isBillingError(error, 'insufficient_credits')) offer(error.details.packs)
 */
export const isBillingError = <Code extends BillingErrorCode = BillingErrorCode>(
  error: unknown,
  code?: Code,
): error is BillingError<Code> =>
  error instanceof Error &&
  error.name === 'BillingError' &&
  (code === undefined || (error as BillingError).code === code)
