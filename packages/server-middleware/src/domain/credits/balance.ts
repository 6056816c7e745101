import type { GrantKind } from '@paywright/contract'
import type { Balance } from './operation.ts'
import type { Grant, LedgerState } from './state.ts'

/** The grants that a charge may take from now, in the order in which it does. */
export const spendableGrants = (state: LedgerState, now: Date): readonly Grant[] =>
  state.grants.filter((grant) => isSpendable(grant, now)).sort(byBurnOrder)

const isSpendable = ({ parts, effectiveAt, expiresAt }: Grant, now: Date): boolean =>
  parts.available > 0 && (effectiveAt === null || effectiveAt <= now) && (expiresAt === null || now < expiresAt)

/** Gifts before money; what expires first before what lasts. Equals stay in the order in which they were granted. */
const byBurnOrder = (a: Grant, b: Grant): number =>
  priority[a.kind] - priority[b.kind] || compareExpiry(a.expiresAt, b.expiresAt)

const priority = { free: 0, promotional: 1, plan: 2, paid: 3 } as const satisfies Record<GrantKind, number>

const compareExpiry = (a: Date | null, b: Date | null): number => {
  if (a === null || b === null) return Number(a === null) - Number(b === null)
  return a.getTime() - b.getTime()
}

/** Credits that are owed: spent before they were there, or taken back after they had been spent. */
export const debtOf = ({ totals }: LedgerState): number => 0 - totals.debt

export const availableAt = (state: LedgerState, now: Date): number => {
  let available = state.totals.debt
  for (const grant of state.grants) if (isSpendable(grant, now)) available += grant.parts.available
  return available
}

/** The figures of a book at a moment. */
export const toBalance = (state: LedgerState, now: Date): Balance => {
  const grants = spendableGrants(state, now).map(({ id, kind, credits, parts, expiresAt }) => ({
    id,
    kind,
    credits,
    remaining: parts.available,
    expiresAt,
  }))
  const remaining = { free: 0, promotional: 0, plan: 0, paid: 0 }
  for (const grant of grants) remaining[grant.kind] += grant.remaining
  return {
    available: availableAt(state, now),
    remaining,
    held: state.totals.held,
    frozen: state.totals.frozen,
    debt: debtOf(state),
    spent: state.totals.spent,
    isFrozen: state.status === 'frozen',
    grants,
    holds: state.holds.map(({ id, credits, expiresAt }) => ({ id, credits, expiresAt })),
    nextExpiryAt: earliest(grants.map(({ expiresAt }) => expiresAt)),
    topUp: state.topUp,
  }
}

const earliest = (dates: readonly (Date | null)[]): Date | null => dates.toSorted(compareExpiry)[0] ?? null
