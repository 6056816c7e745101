import type { Identity } from '../domain/account.ts'
import { toNote } from '../domain/credits/note.ts'
import type { Balance } from '../domain/credits/operation.ts'
import type { TopUpTerms } from '../domain/credits/state.ts'
import type { Deps } from '../ports.ts'
import { choosePack } from './choose-pack.ts'
import { ensureAccount } from './ensure-account.ts'
import { followTopUp } from './follow-top-up.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'

export type SetTopUpInput = { identity: Identity; terms: TopUpTerms | null }

/**
 * Lets an account buy a pack by itself when few credits are left, or no longer (null). Forgets the declines of before.
 *
 * @throws BillingError `invalid_request` (no such pack, no such threshold)
 */
export const setTopUp = async (deps: Deps, { identity, terms }: SetTopUpInput): Promise<Balance> => {
  if (terms) choosePack(deps, terms.packId)
  const account = await ensureAccount(deps, identity)
  const description = terms ? 'Top-up turned on' : 'Top-up turned off'
  const posting = await deps.store.ledger.post(ledgerOf(deps, account), {
    op: 'set_top_up',
    key: `topup:set:${deps.newId()}`,
    terms,
    note: toNote({ description }),
  })
  const posted = requirePosted(deps, posting, 0)
  deps.logger.info({ account: account.ref, ...terms }, 'top_up_set')
  followTopUp(deps, account, posted)
  return posted.balance
}
