import { debtOf } from './balance.ts'
import type { Drafting, EntryDraft } from './draft.ts'
import { invalidOperation, tooMuch } from './invalid-operation.ts'
import { leg } from './legs.ts'
import { type GrantTerms, grantIdOf, type LedgerState, type Leg } from './state.ts'

const mostGrants = 256

/** @throws BillingError `invalid_request` when the ledger could no longer be counted exactly */
export const draftGrant = ({ state }: Pick<Drafting, 'state'>, terms: GrantTerms): EntryDraft => {
  refuseOverflow(state, terms)
  if (state.grants.length >= mostGrants) throw tooMuch(`more than ${mostGrants} grants of which something is left`)
  return { credits: terms.credits, legs: issue(state, terms, grantIdOf(state.seq + 1)), effects: { opens: [terms] } }
}

/** Brings new credits into a grant. What is owed is paid first. */
export const issue = (state: LedgerState, { credits }: GrantTerms, grantId: string): readonly Leg[] => {
  const repaid = Math.min(debtOf(state), credits)
  const issued = [leg('issued', null, -credits), leg('available', grantId, credits - repaid)]
  return repaid === 0 ? issued : [...issued, leg('debt', grantId, repaid)]
}

const refuseOverflow = ({ totals }: LedgerState, { credits }: GrantTerms): void => {
  if (Number.isSafeInteger(totals.issued - credits)) return
  throw invalidOperation('credits', 'would take this ledger past what can be counted exactly')
}
