import type { Identity } from '../domain/account.ts'
import type { Note } from '../domain/credits/operation.ts'
import type { Deps } from '../ports/deps.ts'
import type { Charge } from './charge-credits.ts'
import { ensureAccount } from './ensure-account.ts'
import { followTopUp } from './follow-top-up.ts'
import { fromHoldId } from './hold-id.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'
import { watchLowCredits } from './watch-low-credits.ts'

export type ReleaseInput = { identity: Identity; holdId: string; note: Note }
export type CaptureInput = ReleaseInput & { credits: number; allowExtra: boolean }

/**
 * Spends what the work came to and gives back the rest. A hold is captured once: the same again is the same capture.
 *
 * @throws BillingError `hold_closed`, `invalid_request` (more than was held), `insufficient_credits` (of the extra)
 */
export const captureHold = (deps: Deps, { identity, ...input }: CaptureInput): Promise<Charge> =>
  endHold(deps, identity, { op: 'capture', ...input })

/**
 * Gives back what was set aside.
 *
 * @throws BillingError `hold_closed`
 */
export const releaseHold = (deps: Deps, { identity, ...input }: ReleaseInput): Promise<Charge> =>
  endHold(deps, identity, { op: 'release', ...input })

type Ending = Omit<ReleaseInput, 'identity'> &
  ({ op: 'release' } | ({ op: 'capture' } & Omit<CaptureInput, 'identity'>))

const endHold = async (deps: Deps, identity: Identity, ending: Ending): Promise<Charge> => {
  const { unit, holdId } = fromHoldId(deps, ending.holdId)
  const operation = { ...ending, holdId, key: `${ending.op}:${holdId}` }
  const account = await ensureAccount(deps, identity)
  const posting = await deps.store.ledger.post(ledgerOf(deps, account, unit), operation)
  const { op } = operation
  deps.logger.info({ account: account.ref, unit, hold: holdId, result: posting.outcome }, `hold_${op}`)
  const taken = ending.op === 'capture' ? ending.credits : 0
  const posted = requirePosted(deps, posting, { unit, credits: taken })
  const { outcome, entry, balance } = posted
  followTopUp(deps, account, { unit, posted })
  watchLowCredits(deps, account, { unit, entry, credits: taken })
  return { unit, entry, balance, replayed: outcome === 'replayed' }
}
