import type { Identity } from '../domain/account.ts'
import type { Balance, LedgerEntry, Note } from '../domain/credits/operation.ts'
import type { Deps } from '../ports.ts'
import { ensureAccount } from './ensure-account.ts'
import { followTopUp } from './follow-top-up.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'

export type ChargeInput = { identity: Identity; credits: number; key: string; note: Note }
export type Charge = { entry: LedgerEntry; balance: Balance; replayed: boolean }

/**
 * Takes credits, in one atomic step, or refuses. The same key and content again gives the first answer, `replayed`.
 *
 * @throws BillingError `insufficient_credits`, `credits_frozen`, `idempotency_conflict`
 */
export const chargeCredits = async (deps: Deps, { identity, credits, key, note }: ChargeInput): Promise<Charge> => {
  const account = await ensureAccount(deps, identity)
  const operation = { op: 'charge', key: `charge:${key}`, credits, note } as const
  const posting = await deps.store.ledger.post(ledgerOf(deps, account), operation)
  const fields = { account: account.ref, credits, key, result: posting.outcome }
  if (posting.outcome !== 'posted' && posting.outcome !== 'replayed') deps.logger.info(fields, 'charge_refused')
  const posted = requirePosted(deps, posting, credits)
  const { outcome, entry, balance } = posted
  deps.logger.info({ ...fields, entry: entry.id, available: balance.available }, 'charge_posted')
  followTopUp(deps, account, posted)
  return { entry, balance, replayed: outcome === 'replayed' }
}
