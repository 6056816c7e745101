import { type EntryDraft, fingerprintOf, type Tools } from './entry.ts'
import { invalidOperation } from './invalid-operation.ts'
import type { GrantTerms, LedgerRef, Operation } from './operation.ts'
import { grantIdOf, type LedgerState } from './state.ts'

type Granting = Extract<Operation, { op: 'grant' }>

/** @throws BillingError `invalid_request` when the ledger could no longer be counted exactly */
export const draftGrant = (state: LedgerState, operation: Granting, { hash }: Tools): EntryDraft => {
  const { key, grant, note } = operation
  refuseOverflow(state, grant)
  return {
    op: 'grant',
    key,
    credits: grant.credits,
    note,
    legs: [
      { account: 'issued', grantId: null, credits: -grant.credits },
      { account: 'available', grantId: grantIdOf(state.seq + 1), credits: grant.credits },
    ],
    grant,
    fingerprint: fingerprintOf(operation, hash),
  }
}

/** What a book starts with. */
export const draftFreeUses = (state: LedgerState, ledger: LedgerRef, tools: Tools): EntryDraft => {
  const grant = { kind: 'free', credits: ledger.freeUses, effectiveAt: null, expiresAt: null, source: {} } as const
  const note = { description: 'Free uses', metadata: {}, amountMinor: null, currency: null }
  return draftGrant(state, { op: 'grant', key: `free:${ledger.accountRef}`, grant, note }, tools)
}

const refuseOverflow = ({ totals }: LedgerState, { credits }: GrantTerms): void => {
  if (Number.isSafeInteger(totals.issued - credits)) return
  throw invalidOperation('credits', 'would take this ledger past what can be counted exactly')
}
