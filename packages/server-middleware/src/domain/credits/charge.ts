import { availableAt, spendableGrants } from './balance.ts'
import { type EntryDraft, entryTime, fingerprintOf, type Tools } from './entry.ts'
import type { Operation } from './operation.ts'
import type { Grant, LedgerState, Leg } from './state.ts'

type Charging = Extract<Operation, { op: 'charge' }>

/** Null when the book cannot pay. */
export const draftCharge = (state: LedgerState, operation: Charging, { now, hash }: Tools): EntryDraft | null => {
  const at = entryTime(state, now)
  const { key, credits, note } = operation
  if (availableAt(state, at) < credits) return null
  return {
    op: 'charge',
    key,
    credits: -credits,
    note,
    legs: burn(spendableGrants(state, at), credits),
    grant: null,
    fingerprint: fingerprintOf(operation, hash),
  }
}

/** Takes credits out of grants, one after the other. */
const burn = (grants: readonly Grant[], credits: number): readonly Leg[] => {
  const legs: Leg[] = []
  let missing = credits
  for (const { id, parts } of grants) {
    const slice = Math.min(parts.available, missing)
    if (slice === 0) break
    legs.push({ account: 'available', grantId: id, credits: -slice }, { account: 'spent', grantId: id, credits: slice })
    missing -= slice
  }
  return legs
}
