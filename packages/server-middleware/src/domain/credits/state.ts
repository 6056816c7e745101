import type { GrantKind } from '@paywright/contract'
import type { GrantTerms } from './operation.ts'

/** The accounts of the book. Every entry moves credits between them, so that all of them together stay at zero. */
export type ChartAccount = 'issued' | 'debt' | 'written_off' | GrantPart

/** Where the credits of a grant can be. */
export type GrantPart = 'available' | 'held' | 'spent' | 'expired' | 'revoked'

/** One side of a movement. `grantId` names the grant that the credits belong to, wherever they are. */
export type Leg = { credits: number } & (
  | { account: GrantPart; grantId: string }
  | { account: Exclude<ChartAccount, GrantPart>; grantId: null }
)

/** A grant of which something is left. `credits` is the sum of its `parts`. */
export type Grant = {
  id: string
  kind: GrantKind
  credits: number
  parts: Readonly<Record<GrantPart, number>>
  grantedAt: Date
  effectiveAt: Date | null
  expiresAt: Date | null
  source: Readonly<Record<string, string>>
}

/** All that a book needs to know in order to go on. Grants stand in the order in which they came. */
export type LedgerState = {
  seq: number
  lastHash: string
  lastAt: Date | null
  grants: readonly Grant[]
  totals: Readonly<Record<ChartAccount, number>>
}

const nothing = { available: 0, held: 0, spent: 0, expired: 0, revoked: 0 } as const

/** A book that nobody has written in. */
export const emptyState: LedgerState = {
  seq: 0,
  lastHash: '',
  lastAt: null,
  grants: [],
  totals: { ...nothing, issued: 0, debt: 0, written_off: 0 },
}

/** What an entry does to the state, besides its hash. */
export type Movement = { seq: number; at: Date; legs: readonly Leg[]; grant: GrantTerms | null }

/** The id of the grant that the entry with this `seq` opens. */
export const grantIdOf = (seq: number): string => `g${seq}`

/** The state after an entry. Entries alone make the state: nothing else ever changes it. */
export const applyEntry = (state: LedgerState, entry: Movement & { hash: string }): LedgerState => ({
  ...move(state, entry),
  lastHash: entry.hash,
})

export const move = (state: LedgerState, { seq, at, legs, grant }: Movement): LedgerState => {
  const grants = grant ? [...state.grants, openGrant(grant, seq, at)] : state.grants
  return {
    ...state,
    seq,
    lastAt: at,
    grants: grants.map((each) => withLegs(each, legs)).filter(isLive),
    totals: withTotals(state.totals, legs),
  }
}

const openGrant = ({ kind, credits, effectiveAt, expiresAt, source }: GrantTerms, seq: number, at: Date): Grant => ({
  id: grantIdOf(seq),
  kind,
  credits,
  parts: nothing,
  grantedAt: at,
  effectiveAt,
  expiresAt,
  source,
})

const withLegs = (grant: Grant, legs: readonly Leg[]): Grant => {
  const own = legs.filter((leg) => leg.grantId === grant.id)
  return own.length === 0 ? grant : { ...grant, parts: own.reduce(addLeg, grant.parts) }
}

const withTotals = (totals: LedgerState['totals'], legs: readonly Leg[]): LedgerState['totals'] =>
  legs.reduce(addLeg, totals)

const addLeg = <Accounts extends Readonly<Partial<Record<ChartAccount, number>>>>(
  sums: Accounts,
  leg: Leg,
): Accounts => ({
  ...sums,
  [leg.account]: (sums[leg.account] ?? 0) + leg.credits,
})

/** What is used up leaves the state: its history is the book. */
const isLive = ({ parts }: Grant): boolean => parts.available > 0 || parts.held > 0
