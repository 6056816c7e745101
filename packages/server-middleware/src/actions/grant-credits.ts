import type { Identity } from '../domain/account.ts'
import { toNote } from '../domain/credits/note.ts'
import type { Deps } from '../ports/deps.ts'
import type { Charge } from './charge-credits.ts'
import { chooseUnit } from './choose-unit.ts'
import { ensureAccount } from './ensure-account.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'

export type GrantInput = {
  identity: Identity
  unit?: string | undefined
  credits: number
  reason: string
  key: string
  expiresAt: Date | null
}

/**
 * Gives credits away: a promotion, an apology. The same key and content again gives the first answer, `replayed`.
 *
 * @throws BillingError `invalid_request`, `idempotency_conflict`
 */
export const grantCredits = async (deps: Deps, input: GrantInput): Promise<Charge> => {
  const { identity, credits, reason, key, expiresAt } = input
  const unit = chooseUnit(deps, input.unit)
  const account = await ensureAccount(deps, identity)
  const terms = { kind: 'promotional', credits, effectiveAt: null, expiresAt, rollover: null } as const
  const posting = await deps.store.ledger.post(ledgerOf(deps, account, unit), {
    op: 'grant',
    key: `promotion:${key}`,
    grant: { ...terms, source: {} },
    note: toNote({ description: reason }),
  })
  const { outcome, entry, balance } = requirePosted(deps, posting, { unit, credits: 0 })
  deps.logger.info({ account: account.ref, unit, credits, key, result: outcome }, 'credits_granted')
  return { unit, entry, balance, replayed: outcome === 'replayed' }
}
