import type { Identity } from '../domain/account.ts'
import type { Balance, LedgerEntry, Note } from '../domain/credits/operation.ts'
import type { Deps } from '../ports/deps.ts'
import { chooseUnit } from './choose-unit.ts'
import { ensureAccount } from './ensure-account.ts'
import { followTopUp } from './follow-top-up.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'
import { watchLowCredits } from './watch-low-credits.ts'

export type ChargeInput = {
  identity: Identity
  unit?: string | undefined
  credits: number
  key: string
  note: Note
}

export type Charge = { unit: string; entry: LedgerEntry; balance: Balance; replayed: boolean }

/**
 * Takes credits, in one atomic step, or refuses. The same key and content again gives the first answer, `replayed`.
 *
 * @throws BillingError `invalid_request`, `insufficient_credits`, `credits_frozen`, `idempotency_conflict`
 */
export const chargeCredits = async (deps: Deps, input: ChargeInput): Promise<Charge> => {
  const { identity, credits, key, note } = input
  const unit = chooseUnit(deps, input.unit)
  const account = await ensureAccount(deps, identity)
  const ledger = ledgerOf(deps, account, unit)
  const operation = { op: 'charge', key: `charge:${key}`, credits, note } as const
  const posting = await deps.store.ledger.post(ledger, operation)
  const fields = { account: account.ref, unit, credits, key, result: posting.outcome }
  const success = posting.outcome === 'posted' || posting.outcome === 'replayed'
  deps.metrics.charge(success)
  if (!success) deps.logger.info(fields, 'charge_refused')
  const posted = requirePosted(deps, posting, { unit, credits })
  const { outcome, entry, balance } = posted
  deps.logger.info({ ...fields, entry: entry.id, available: balance.available }, 'charge_posted')
  followTopUp(deps, account, { unit, posted })
  watchLowCredits(deps, account, { unit, entry, credits })
  return { unit, entry, balance, replayed: outcome === 'replayed' }
}
