import type { Identity } from '../domain/account.ts'
import type { Note, Operation } from '../domain/credits/operation.ts'
import type { Deps } from '../ports.ts'
import type { Charge } from './charge-credits.ts'
import { ensureAccount } from './ensure-account.ts'
import { followTopUp } from './follow-top-up.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'

export type CaptureInput = { identity: Identity; holdId: string; credits: number; allowExtra: boolean; note: Note }
export type ReleaseInput = { identity: Identity; holdId: string; note: Note }

/**
 * Spends what the work came to and gives back the rest. A hold is captured once: the same again is the same capture.
 *
 * @throws BillingError `hold_closed`, `invalid_request` (more than was held), `insufficient_credits` (of the extra)
 */
export const captureHold = (
  deps: Deps,
  { identity, holdId, credits, allowExtra, note }: CaptureInput,
): Promise<Charge> =>
  endHold(deps, identity, { op: 'capture', key: `capture:${holdId}`, holdId, credits, allowExtra, note })

/**
 * Gives back what was set aside.
 *
 * @throws BillingError `hold_closed`
 */
export const releaseHold = (deps: Deps, { identity, holdId, note }: ReleaseInput): Promise<Charge> =>
  endHold(deps, identity, { op: 'release', key: `release:${holdId}`, holdId, note })

type Ending = Extract<Operation, { op: 'capture' | 'release' }>

const endHold = async (deps: Deps, identity: Identity, operation: Ending): Promise<Charge> => {
  const account = await ensureAccount(deps, identity)
  const posting = await deps.store.ledger.post(ledgerOf(deps, account), operation)
  const { op, holdId } = operation
  deps.logger.info({ account: account.ref, hold: holdId, result: posting.outcome }, `hold_${op}`)
  const posted = requirePosted(deps, posting, op === 'capture' ? operation.credits : 0)
  const { outcome, entry, balance } = posted
  followTopUp(deps, account, posted)
  return { entry, balance, replayed: outcome === 'replayed' }
}
