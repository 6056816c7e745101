import type { Drafting, EntryDraft } from './draft.ts'
import { issue } from './grant.ts'
import { invalidOperation } from './invalid-operation.ts'
import { leg, shift, sumOf } from './legs.ts'
import type { EntryOp, Refusal, ReversedEntry } from './operation.ts'
import { type GrantPart, type GrantTerms, grantIdOf, type LedgerState, type Leg, move } from './state.ts'

const outward: readonly EntryOp[] = ['charge', 'capture']
const inward: readonly EntryOp[] = ['grant']

/**
 * Undoes an entry. What it spent goes back where it came from; where that grant is gone or has expired, as a new grant
 * on the same terms. What it granted is taken back, if all of it is still there.
 *
 * @throws BillingError `invalid_request` for entries that something else undoes: holds, refunds, disputes
 */
export const draftReversal = (drafting: Drafting, { entry }: { entry: ReversedEntry }): EntryDraft | Refusal => {
  const adjusts = entry.op === 'adjust'
  const takes = entry.legs.some(({ account, credits }) => account === 'issued' && credits < 0)
  if (outward.includes(entry.op) || (adjusts && !takes)) return draftRestoring(drafting, entry)
  if (inward.includes(entry.op) || adjusts) return draftRevoking(drafting, entry)
  throw invalidOperation('entry', `is a ${entry.op}, which cannot be reversed`)
}

type Restoring = { state: LedgerState; legs: readonly Leg[]; opens: readonly GrantTerms[] }

const draftRestoring = ({ state, at }: Drafting, entry: ReversedEntry): EntryDraft => {
  const lost = entry.legs.filter(
    ({ account, credits }) => (account === 'spent' || account === 'revoked') && credits > 0,
  )
  const start: Restoring = { state, legs: [], opens: [] }
  const { legs, opens } = lost.reduce((done, each) => restore(done, each, { entry, at, seq: state.seq + 1 }), start)
  return { credits: sumOf(lost), legs, effects: { opens } }
}

const restore = (
  { state, legs, opens }: Restoring,
  { account, grantId, credits }: Leg,
  { entry: { terms }, at, seq }: { entry: ReversedEntry; at: Date; seq: number },
): Restoring => {
  const grant = state.grants.find(({ id, expiresAt }) => id === grantId && (expiresAt === null || at < expiresAt))
  const fresh = { ...(terms[grantId ?? ''] ?? unknownTerms), credits, effectiveAt: null, rollover: null }
  const added = grant
    ? shift(grant.id, [account as GrantPart, 'available'], credits)
    : reissue(state, { account, terms: fresh, grantId: grantIdOf(seq, opens.length) })
  const opened = grant ? opens : [...opens, fresh]
  return { state: move(state, { seq, at, legs: added, effects: {} }), legs: [...legs, ...added], opens: opened }
}

/** As a grant, but out of what had been spent or taken, not out of nothing. */
const reissue = (
  state: LedgerState,
  { account, terms, grantId }: { account: Leg['account']; terms: GrantTerms; grantId: string },
): readonly Leg[] =>
  issue(state, terms, grantId).map((each) => (each.account === 'issued' ? leg(account, null, each.credits) : each))

const unknownTerms = { kind: 'promotional', expiresAt: null, source: {} } as const

const draftRevoking = ({ state }: Drafting, { legs }: ReversedEntry): EntryDraft | Refusal => {
  const granted = legs.filter(({ account, credits }) => account === 'available' && credits > 0)
  const left = ({ grantId }: Leg) => state.grants.find(({ id }) => id === grantId)?.parts.available ?? 0
  if (granted.length === 0 || granted.some((each) => left(each) < each.credits)) return 'insufficient'
  const taken = granted.flatMap(({ grantId, credits }) => shift(grantId ?? '', ['available', 'revoked'], credits))
  return { credits: -sumOf(granted), legs: taken, effects: {} }
}
