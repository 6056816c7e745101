import { BillingError, isBillingError } from '../domain/errors.ts'

/** What a caller is told when the database is lost on the way: whether something may have been written. */
export type Loss = 'store_unavailable' | 'outcome_unknown'

const messages: Readonly<Record<Loss, string>> = {
  store_unavailable: 'The database cannot be reached, so nothing can be read or changed now. Try again in a moment.',
  outcome_unknown:
    'The database stopped answering, so it is not known whether this was written. Ask again with the same key.',
}

/** The one place where the driver's errors become ours. A unique index that refuses is no error of this kind. */
export const translate = (error: unknown, loss: Loss): unknown => (isLost(error) ? lost(loss, error) : error)

const lost = (loss: Loss, cause: unknown): BillingError<Loss> => new BillingError(loss, messages[loss], { cause })

/** What a lost read is called when something may have been written before it, and it was to tell. */
export const unsure = (error: unknown): unknown =>
  isBillingError(error, 'store_unavailable') ? lost('outcome_unknown', error.cause) : error

/** A database call took longer than we wait. It may still succeed later. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError'
}

/** One of many writes was refused, and not as a duplicate. */
export class WriteRefused extends Error {
  override readonly name = 'WriteRefused'
  readonly code: unknown

  constructor({ code, errmsg }: { code: unknown; errmsg: unknown }) {
    super(String(errmsg))
    this.code = code
  }
}

type DriverError = Error & { code?: unknown; errorLabels?: unknown }

const isLost = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false
  if (error instanceof DeadlineError) return true
  return isServerError(error) ? isTransient(error) : error.name.startsWith('Mongo')
}

/** The server answered; every other error that begins with Mongo says that it didn't, or couldn't be asked. */
const isServerError = (error: Error): boolean =>
  error instanceof WriteRefused || error.name === 'MongoServerError' || (isBulkError(error) && 'code' in error)

const isTransient = ({ code, errorLabels }: DriverError): boolean =>
  transientCodes.has(code) || (Array.isArray(errorLabels) && errorLabels.some((label) => transientLabels.has(label)))

const transientLabels: ReadonlySet<unknown> = new Set([
  'RetryableWriteError',
  'RetryableError',
  'TransientTransactionError',
])

/** Unreachable, timed out, shutting down, no longer or not yet primary, not acknowledged by the majority. */
const transientCodes: ReadonlySet<unknown> = new Set([
  6, 7, 50, 64, 89, 91, 100, 134, 189, 202, 262, 9001, 10107, 11600, 11602, 13435, 13436,
])

const duplicateKey = 11000

export const isDuplicate = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === duplicateKey

type BulkError = Error & {
  writeErrors: readonly { index: number; code: unknown; errmsg: unknown }[]
  result: { getWriteConcernError(): { code: unknown; errmsg: unknown } | undefined }
}

/**
 * Which of many writes were refused as duplicates, if nothing worse has happened.
 *
 * @throws what else has kept one from being written, or the majority from having them
 */
export const duplicatesIn = (error: unknown): ReadonlySet<number> => {
  if (!isBulkError(error) || error.writeErrors.length === 0) throw error
  const worse = error.writeErrors.find(({ code }) => code !== duplicateKey) ?? error.result.getWriteConcernError()
  if (worse) throw new WriteRefused(worse)
  return new Set(error.writeErrors.map(({ index }) => index))
}

const isBulkError = (error: unknown): error is BulkError =>
  error instanceof Error && error.name === 'MongoBulkWriteError'
