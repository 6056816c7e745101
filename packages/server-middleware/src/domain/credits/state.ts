import type { GrantKind } from '@paywright/contract'

/** The accounts of the book. Every entry moves credits between them, so that all of them together stay at zero. */
export type ChartAccount = 'issued' | 'debt' | 'written_off' | GrantPart

/** Where the credits of a grant can be. */
export type GrantPart = 'available' | 'frozen' | 'held' | 'spent' | 'expired' | 'revoked'

/**
 * One side of a movement. `grantId` names the grant that the credits belong to. It is null where no grant covers them:
 * what was spent on credit, and what was taken back after it had been spent.
 */
export type Leg = { account: ChartAccount; grantId: string | null; credits: number }

/**
 * Credits to come in. `source` says what they were given for: a payment (`providerPaymentId`), an invoice line, an
 * operator. With `rollover`, what is left when they expire goes on: so many of them, until then, once.
 */
export type GrantTerms = {
  kind: GrantKind
  credits: number
  effectiveAt: Date | null
  expiresAt: Date | null
  rollover: Rollover | null
  source: Readonly<Record<string, string>>
}

export type Rollover = { upTo: number; expiresAt: Date | null }

/** A grant of which something is left. `credits` is the sum of its `parts`. */
export type Grant = GrantTerms & {
  id: string
  parts: Readonly<Record<GrantPart, number>>
  grantedAt: Date
}

/** Credits set aside for work that has begun; `slices` say from which grants, in the order in which they are spent. */
export type Hold = { id: string; credits: number; slices: readonly Slice[]; expiresAt: Date }

export type Slice = { grantId: string; credits: number }

/** What has been asked back of one payment, by refunds and by the cardholder's bank, and how much was taken back for it. */
export type Claim = {
  paymentId: string
  refunds: readonly { id: string; amountMinor: number; failed: boolean }[]
  disputes: readonly { id: string; amountMinor: number; status: DisputeStatus }[]
  /** Credits taken back so far, less those given back. */
  taken: number
  /** How many of them nobody had to give. */
  writtenOff: number
}

export type DisputeStatus = 'open' | 'won' | 'lost'

/** With less than `threshold` left, the pack is to be bought. */
export type TopUpTerms = { threshold: number; packId: string }

/** An order to buy credits when few are left, and what keeps it from buying too often. */
export type TopUp = {
  terms: TopUpTerms | null
  /** The one under way: the entry that started it, and the one whose process last set about it. */
  started: { seq: number; triedBy: number; triedAt: Date } | null
  /** The last starts. */
  startedAt: readonly Date[]
  /** Declined payments in a row: after three of them nothing starts any more. */
  declines: number
  pausedUntil: Date | null
}

export type LedgerStatus = 'active' | 'frozen'

/** All that a book needs to know in order to go on. Grants and holds stand in the order in which they came. */
export type LedgerState = {
  seq: number
  lastHash: string
  lastAt: Date | null
  status: LedgerStatus
  grants: readonly Grant[]
  holds: readonly Hold[]
  claims: readonly Claim[]
  topUp: TopUp
  totals: Readonly<Record<ChartAccount, number>>
}

const nothing = { available: 0, frozen: 0, held: 0, spent: 0, expired: 0, revoked: 0 } as const

export const noTopUp: TopUp = { terms: null, started: null, startedAt: [], declines: 0, pausedUntil: null }

/** A book that nobody has written in. */
export const emptyState: LedgerState = {
  seq: 0,
  lastHash: '',
  lastAt: null,
  status: 'active',
  grants: [],
  holds: [],
  claims: [],
  topUp: noTopUp,
  totals: { ...nothing, issued: 0, debt: 0, written_off: 0 },
}

/** What an entry does to the state beside moving credits. */
export type Effects = {
  /** Grants that it opens, the first of them under `grantIdOf(seq)`, the next under `grantIdOf(seq, 1)`. */
  opens?: readonly GrantTerms[]
  holds?: Hold
  /** The id of a hold that is over. */
  closes?: string
  /** How a claim stands after it. */
  claims?: Claim
  /** How the top-up stands after it. */
  topUp?: TopUp
  status?: LedgerStatus
}

/** All that an entry does to the state, but for its hash. */
export type Movement = { seq: number; at: Date; legs: readonly Leg[]; effects: Effects }

/** The id of a grant that the entry with this `seq` opens. */
export const grantIdOf = (seq: number, index = 0): string => (index === 0 ? `g${seq}` : `g${seq}.${index}`)

/** The entry that opened a grant. */
export const openedBy = (grantId: string): { seq: number; index: number } => {
  const [seq, index = '0'] = grantId.slice(1).split('.')
  return { seq: Number(seq), index: Number(index) }
}

/** The state after an entry. Entries alone make the state: nothing else ever changes it. */
export const applyEntry = (state: LedgerState, entry: Movement & { hash: string }): LedgerState => ({
  ...move(state, entry),
  lastHash: entry.hash,
})

export const move = (state: LedgerState, { seq, at, legs, effects }: Movement): LedgerState => {
  const opened = (effects.opens ?? []).map((terms, index) => openGrant(terms, grantIdOf(seq, index), at))
  return {
    ...state,
    seq,
    lastAt: at,
    status: effects.status ?? state.status,
    grants: [...state.grants, ...opened].map((each) => withLegs(each, legs)).filter(isLive),
    holds: withHolds(state.holds, effects),
    claims: effects.claims ? withClaim(state.claims, effects.claims) : state.claims,
    topUp: effects.topUp ?? state.topUp,
    totals: withTotals(state.totals, legs),
  }
}

const openGrant = (terms: GrantTerms, id: string, at: Date): Grant => ({ ...terms, id, parts: nothing, grantedAt: at })

const withLegs = (grant: Grant, legs: readonly Leg[]): Grant => {
  const own = legs.filter((leg) => leg.grantId === grant.id)
  if (own.length === 0) return grant
  const parts: Record<GrantPart, number> = { ...grant.parts }
  for (const { account, credits } of own) parts[partOf(account)] += credits
  return { ...grant, parts }
}

/** What a grant repays of a debt counts as spent by it. */
const partOf = (account: ChartAccount): GrantPart =>
  account === 'debt' || account === 'issued' || account === 'written_off' ? 'spent' : account

const withTotals = (totals: LedgerState['totals'], legs: readonly Leg[]): LedgerState['totals'] => {
  const sums: Record<ChartAccount, number> = { ...totals }
  for (const { account, credits } of legs) sums[account] += credits
  return sums
}

const withHolds = (holds: readonly Hold[], { holds: opened, closes }: Effects): readonly Hold[] => {
  const open = closes === undefined ? holds : holds.filter(({ id }) => id !== closes)
  return opened ? [...open, opened] : open
}

const withClaim = (claims: readonly Claim[], claim: Claim): readonly Claim[] => [
  ...claims.filter(({ paymentId }) => paymentId !== claim.paymentId),
  claim,
]

/** What is used up leaves the state: its history is the book. */
const isLive = ({ parts }: Grant): boolean => parts.available > 0 || parts.frozen > 0 || parts.held > 0
