import type { Identity } from '../domain/account.ts'
import type { Note, Operation } from '../domain/credits/operation.ts'
import type { Deps } from '../ports.ts'
import type { Charge } from './charge-credits.ts'
import { chooseUnit } from './choose-unit.ts'
import { ensureAccount } from './ensure-account.ts'
import { followTopUp } from './follow-top-up.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'

/** Each unit's book numbers its own holds, so the unit of a hold is said again. */
export type ReleaseInput = { identity: Identity; unit?: string | undefined; holdId: string; note: Note }
export type CaptureInput = ReleaseInput & { credits: number; allowExtra: boolean }

/**
 * Spends what the work came to and gives back the rest. A hold is captured once: the same again is the same capture.
 *
 * @throws BillingError `hold_closed`, `invalid_request` (more than was held), `insufficient_credits` (of the extra)
 */
export const captureHold = (deps: Deps, { identity, unit, ...input }: CaptureInput): Promise<Charge> =>
  endHold(deps, { identity, unit }, { op: 'capture', key: `capture:${input.holdId}`, ...input })

/**
 * Gives back what was set aside.
 *
 * @throws BillingError `hold_closed`
 */
export const releaseHold = (deps: Deps, { identity, unit, ...input }: ReleaseInput): Promise<Charge> =>
  endHold(deps, { identity, unit }, { op: 'release', key: `release:${input.holdId}`, ...input })

type Ending = Extract<Operation, { op: 'capture' | 'release' }>

type Whose = Pick<ReleaseInput, 'identity' | 'unit'>

const endHold = async (deps: Deps, whose: Whose, operation: Ending): Promise<Charge> => {
  const unit = chooseUnit(deps, whose.unit)
  const account = await ensureAccount(deps, whose.identity)
  const posting = await deps.store.ledger.post(ledgerOf(deps, account, unit), operation)
  const { op, holdId } = operation
  deps.logger.info({ account: account.ref, unit, hold: holdId, result: posting.outcome }, `hold_${op}`)
  const posted = requirePosted(deps, posting, { unit, credits: op === 'capture' ? operation.credits : 0 })
  const { outcome, entry, balance } = posted
  followTopUp(deps, account, { unit, posted })
  return { unit, entry, balance, replayed: outcome === 'replayed' }
}
