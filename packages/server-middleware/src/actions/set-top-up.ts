import type { Identity } from '../domain/account.ts'
import { toNote } from '../domain/credits/note.ts'
import type { Balance } from '../domain/credits/operation.ts'
import type { TopUpTerms } from '../domain/credits/state.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import { choosePack } from './choose-pack.ts'
import { chooseUnit } from './choose-unit.ts'
import { ensureAccount } from './ensure-account.ts'
import { followTopUp } from './follow-top-up.ts'
import { ledgerOf } from './ledger-of.ts'
import { requirePosted } from './require-posted.ts'

export type SetTopUpInput = { identity: Identity; unit?: string | undefined; terms: TopUpTerms | null }

/**
 * Lets an account buy a pack by itself when few credits of its unit are left, or no longer (null). Forgets the declines
 * of before.
 *
 * @throws BillingError `invalid_request` (no such pack or unit, a pack of another unit, no such threshold)
 */
export const setTopUp = async (deps: Deps, input: SetTopUpInput): Promise<Balance> => {
  const { identity, terms } = input
  const unit = terms ? unitOfPack(deps, terms, input.unit) : chooseUnit(deps, input.unit)
  const account = await ensureAccount(deps, identity)
  const description = terms ? 'Top-up turned on' : 'Top-up turned off'
  const posting = await deps.store.ledger.post(ledgerOf(deps, account, unit), {
    op: 'set_top_up',
    key: `topup:set:${deps.newId()}`,
    terms,
    note: toNote({ description }),
  })
  const posted = requirePosted(deps, posting, { unit, credits: 0 })
  deps.logger.info({ account: account.ref, unit, ...terms }, 'top_up_set')
  followTopUp(deps, account, { unit, posted })
  return posted.balance
}

/** A top-up watches the unit that its pack brings; where another is named, somebody is mistaken. */
const unitOfPack = (deps: Deps, { packId }: TopUpTerms, named: string | undefined): string => {
  const { unit } = choosePack(deps, packId)
  if (chooseUnit(deps, named ?? unit) === unit) return unit
  const message = `must be a pack of ${named}: ${packId} brings ${unit}`
  throw new BillingError('invalid_request', `No top-up was set: packId ${message}.`, {
    details: { fields: [{ path: 'packId', message }] },
  })
}
