import type { EntryDraft } from './draft.ts'
import { leg, shift } from './legs.ts'
import { type Grant, type GrantTerms, grantIdOf, type Hold, type LedgerState } from './state.ts'

/** Whether credits of the grant have to be written off before anything else happens. */
export const isOverdue = ({ parts, expiresAt }: Grant, now: Date): boolean =>
  parts.available > 0 && expiresAt !== null && expiresAt <= now

export const hasRunOut = ({ expiresAt }: Hold, now: Date): boolean => expiresAt <= now

/** What is left of a grant expires; as much of it as may roll over begins again as a grant of its own. */
export const draftExpiry = ({ seq }: LedgerState, grant: Grant): EntryDraft => {
  const { available } = grant.parts
  const expired = shift(grant.id, ['available', 'expired'], available)
  const terms = rolledOver(grant)
  if (!terms) return { credits: -available, legs: expired, effects: {} }
  const issued = [leg('issued', null, -terms.credits), leg('available', grantIdOf(seq + 1), terms.credits)]
  return { credits: terms.credits - available, legs: [...expired, ...issued], effects: { opens: [terms] } }
}

const rolledOver = ({ kind, parts, rollover, expiresAt, source }: Grant): GrantTerms | null => {
  const credits = Math.min(parts.available, rollover?.upTo ?? 0)
  if (!rollover || credits === 0) return null
  return { kind, credits, effectiveAt: expiresAt, expiresAt: rollover.expiresAt, rollover: null, source }
}
