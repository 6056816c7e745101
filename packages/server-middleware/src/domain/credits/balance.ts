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

export const availableAt = (state: LedgerState, now: Date): number =>
  sumOf(spendableGrants(state, now)) - state.totals.debt

/** The figures of a book at a moment. */
export const toBalance = (state: LedgerState, now: Date): Balance => {
  const grants = spendableGrants(state, now)
  const remainingOf = (kind: GrantKind) => sumOf(grants.filter((grant) => grant.kind === kind))
  return {
    available: sumOf(grants) - state.totals.debt,
    remaining: {
      free: remainingOf('free'),
      promotional: remainingOf('promotional'),
      plan: remainingOf('plan'),
      paid: remainingOf('paid'),
    },
    held: state.totals.held,
    debt: state.totals.debt,
    spent: state.totals.spent,
    grants: grants.map(({ id, kind, credits, parts, expiresAt }) => ({
      id,
      kind,
      credits,
      remaining: parts.available,
      expiresAt,
    })),
    nextExpiryAt: earliest(grants.map(({ expiresAt }) => expiresAt)),
  }
}

const sumOf = (grants: readonly Grant[]): number => grants.reduce((sum, { parts }) => sum + parts.available, 0)

const earliest = (dates: readonly (Date | null)[]): Date | null => dates.toSorted(compareExpiry)[0] ?? null
