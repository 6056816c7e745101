import type { Posting } from '../domain/credits/operation.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import { insufficientCredits } from './insufficient-credits.ts'

export type Posted = Extract<Posting, { outcome: 'posted' | 'replayed' }>

/** What a posting was to take, for the refusal. */
export type Asked = { unit: string; credits: number }

/**
 * The posting that went through.
 *
 * @throws BillingError `insufficient_credits`, `credits_frozen`, `hold_closed`, `invalid_request`, `too_many_requests`,
 * `idempotency_conflict`
 */
export const requirePosted = (deps: Deps, posting: Posting, asked: Asked): Posted => {
  switch (posting.outcome) {
    case 'posted':
    case 'replayed':
      return posting
    case 'insufficient':
      throw insufficientCredits(deps, asked, posting.balance)
    case 'frozen':
      throw new BillingError(
        'credits_frozen',
        'These credits are frozen. Nothing was taken; ask support to look at it.',
      )
    case 'hold_closed':
      throw new BillingError('hold_closed', 'This hold is over: it was captured, released or not used in time.')
    case 'exceeds_hold':
      throw new BillingError('invalid_request', 'This is more than was held. Nothing was taken.', {
        details: { fields: [{ path: 'credits', message: 'is more than was held' }] },
      })
    case 'too_many_holds':
      throw new BillingError(
        'too_many_requests',
        'Too many holds are open on these credits. Capture or release some.',
        {
          details: { retryAfterSeconds: 60 },
        },
      )
    case 'conflict':
      throw new BillingError(
        'idempotency_conflict',
        'This idempotency key was used before, for something else. Use a new key for a new request.',
      )
  }
}
