import { BillingError } from '../errors.ts'
import type { Operation } from './operation.ts'

export const invalidOperation = (path: string, problem: string): BillingError<'invalid_request'> =>
  new BillingError('invalid_request', `Nothing was written to the ledger: ${path} ${problem}.`, {
    details: { fields: [{ path, message: problem }] },
  })

/** Keys that only the book itself gives to entries. */
const reserved = /^(free|expire):/

/** @throws BillingError `invalid_request` when credits are no positive safe integer, or the key is one of the book's own */
export const refuseInvalid = (operation: Operation): void => {
  const credits = operation.op === 'grant' ? operation.grant.credits : operation.credits
  if (!Number.isSafeInteger(credits) || credits < 1) {
    throw invalidOperation('credits', `must be an integer of at least 1, and not ${credits}`)
  }
  if (reserved.test(operation.key)) {
    throw invalidOperation('key', `must not begin like ${operation.key}, which the ledger keeps for itself`)
  }
}
