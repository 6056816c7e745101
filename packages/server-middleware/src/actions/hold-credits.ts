import type { Identity } from '../domain/account.ts'
import { holdIdOf } from '../domain/credits/hold.ts'
import type { Balance, Note, OpenHold } from '../domain/credits/operation.ts'
import type { Deps } from '../ports/deps.ts'
import { chooseUnit } from './choose-unit.ts'
import { ensureAccount } from './ensure-account.ts'
import { followTopUp } from './follow-top-up.ts'
import { toHoldId } from './hold-id.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'

export type HoldInput = {
  identity: Identity
  unit?: string | undefined
  credits: number
  expiresInSeconds: number
  key: string
  note: Note
}

export type HeldCredits = { unit: string; hold: OpenHold; balance: Balance; replayed: boolean }

/**
 * Sets credits aside, or refuses. The same key and content again gives the same hold, `replayed`: its end was fixed
 * when it was first asked for.
 *
 * @throws BillingError `invalid_request`, `insufficient_credits`, `credits_frozen`, `too_many_requests`,
 * `idempotency_conflict`
 */
export const holdCredits = async (deps: Deps, input: HoldInput): Promise<HeldCredits> => {
  const { identity, credits, expiresInSeconds, key, note } = input
  const unit = chooseUnit(deps, input.unit)
  const account = await ensureAccount(deps, identity)
  const operation = { op: 'hold', key: `hold:${key}`, credits, lastsSeconds: expiresInSeconds, note } as const
  const posting = await deps.store.ledger.post(ledgerOf(deps, account, unit), operation)
  deps.logger.info({ account: account.ref, unit, credits, key, result: posting.outcome }, 'credits_held')
  const posted = requirePosted(deps, posting, { unit, credits })
  const { outcome, entry, balance } = posted
  followTopUp(deps, account, { unit, posted })
  const expiresAt = new Date(entry.at.getTime() + expiresInSeconds * 1_000)
  const id = toHoldId(deps, unit, holdIdOf(entry.seq))
  return { unit, hold: { id, credits, expiresAt }, balance, replayed: outcome === 'replayed' }
}
