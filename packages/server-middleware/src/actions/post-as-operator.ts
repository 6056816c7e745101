import type { Account } from '../domain/account.ts'
import { toNote } from '../domain/credits/note.ts'
import type { Balance, Note, Operation, Posting } from '../domain/credits/operation.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import type { Charge } from './charge-credits.ts'
import { ledgerOf } from './ledger-of.ts'
import { type Asked, requirePosted } from './require-posted.ts'

/** Why an operator does something, in words that the account can read in its history; and who, which it can not. */
export type Cause = { reason: string; by?: string }

export type OperatorPosting = { account: Account; unit: string; operation: Operation; credits: number }

/**
 * Writes down what an operator does. Nothing is taken that is not there.
 *
 * @throws BillingError `insufficient_credits`, `idempotency_conflict` (the key was used for something else)
 */
export const postAsOperator = async (deps: Deps, input: OperatorPosting): Promise<Charge> => {
  const { account, unit, operation, credits } = input
  const posting = await deps.store.ledger.post(ledgerOf(deps, account, unit), operation)
  const { op, key, note } = operation
  deps.logger.info({ account: account.ref, unit, key, by: note.metadata.by, result: posting.outcome }, `ledger_${op}`)
  const { outcome, entry, balance } = requirePosted(deps, refuseShortage(posting, { unit, credits }), { unit, credits })
  return { unit, entry, balance, replayed: outcome === 'replayed' }
}

/** @throws BillingError `insufficient_credits`, without an offer: whoever reads it is not the one who pays */
const refuseShortage = (posting: Posting, asked: Asked): Posting => {
  if (posting.outcome === 'insufficient') throw shortage(posting.balance, asked)
  return posting
}

const shortage = ({ available }: Balance, { unit, credits }: Asked): BillingError<'insufficient_credits'> =>
  new BillingError(
    'insufficient_credits',
    `Nothing was taken: this needs ${credits} of what is available, and ${available} are.`,
    { details: { unit, creditsNeeded: credits, creditsAvailable: available, packs: [] } },
  )

/** @throws BillingError `invalid_request` when nothing is said */
export const noteOf = ({ reason, by }: Cause): Note =>
  toNote({ description: requireWords('reason', reason), metadata: by === undefined ? {} : { by } })

const mostCharacters = 500

/** @throws BillingError `invalid_request` */
export const requireWords = (path: string, words: string): string => {
  const said = words.trim()
  if (said !== '' && said.length <= mostCharacters) return said
  const message = said === '' ? 'must not be empty' : `must be at most ${mostCharacters} characters long`
  throw new BillingError('invalid_request', `Nothing was changed: ${path} ${message}.`, {
    details: { fields: [{ path, message }] },
  })
}
