import { BillingError } from '../errors.ts'
import type { Operation } from './operation.ts'

export const invalidOperation = (path: string, problem: string): BillingError<'invalid_request'> =>
  new BillingError('invalid_request', `Nothing was written to the ledger: ${path} ${problem}.`, {
    details: { fields: [{ path, message: problem }] },
  })

/** What would make the book grow without bound has to wait until something of it is used up. */
export const tooMuch = (what: string): BillingError<'too_many_requests'> =>
  new BillingError('too_many_requests', `This ledger cannot keep ${what}. Try again when some are used up.`, {
    details: { retryAfterSeconds: 60 },
  })

/** Keys that only the book itself gives to entries. */
const reserved = /^(free|expire|timeout):/

/** @throws BillingError `invalid_request` when the figures are no whole numbers in range, or the key is one of the book's own */
export const refuseInvalid = (operation: Operation): void => {
  for (const [path, value, least, most = Number.MAX_SAFE_INTEGER] of figuresOf(operation)) {
    if (!Number.isInteger(value) || value < least || value > most) {
      throw invalidOperation(path, `must be an integer from ${least} to ${most}, and not ${value}`)
    }
  }
  if (reserved.test(operation.key)) {
    throw invalidOperation('key', `must not begin like ${operation.key}, which the ledger keeps for itself`)
  }
  if (operation.op === 'reverse' && operation.key !== `reverse:${operation.entry.seq}`) {
    throw invalidOperation('key', `must be reverse:${operation.entry.seq}, so that the entry is reversed once`)
  }
}

const longestHoldSeconds = 24 * 60 * 60

type Figure = readonly [path: string, value: number, least: number, most?: number]

const figuresOf = (operation: Operation): readonly Figure[] => {
  switch (operation.op) {
    case 'hold':
      return [
        ['credits', operation.credits, 1],
        ['lastsSeconds', operation.lastsSeconds, 1, longestHoldSeconds],
      ]
    case 'charge':
    case 'capture':
      return [['credits', operation.credits, 1]]
    case 'adjust':
      return [['credits', Math.abs(operation.credits), 1]]
    case 'grant':
      return [
        ['credits', operation.grant.credits, 1],
        ['rollover', operation.grant.rollover?.upTo ?? 0, 0],
      ]
    case 'set_top_up':
      return [['threshold', operation.terms?.threshold ?? 1, 1]]
    case 'refund':
    case 'dispute':
      return [
        ['amountMinor', operation.amountMinor, 0],
        ['payment.paidMinor', operation.payment.paidMinor, 1],
        ['payment.credits', operation.payment.credits, 1],
      ]
    default:
      return []
  }
}
