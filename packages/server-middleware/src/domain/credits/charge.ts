import { availableAt, spendableGrants } from './balance.ts'
import type { Drafting, EntryDraft } from './draft.ts'
import { leg, shift, sliceUp, sumOf } from './legs.ts'
import type { Operation, Refusal } from './operation.ts'
import type { LedgerState, Leg } from './state.ts'

type Charging = Extract<Operation, { op: 'charge' }>

export const draftCharge = ({ state, ledger, at }: Drafting, { credits }: Charging): EntryDraft | Refusal =>
  refusalToSpend({ state, at, credits, overdraft: ledger.overdraft }) ?? {
    credits: -credits,
    legs: burn(state, at, credits),
    effects: {},
  }

export type Spending = { state: LedgerState; at: Date; credits: number; overdraft: number }

/** Why credits cannot leave the book now; null when they can. */
export const refusalToSpend = ({ state, at, credits, overdraft }: Spending): Refusal | null => {
  if (state.status === 'frozen') return 'frozen'
  return availableAt(state, at) + overdraft < credits ? 'insufficient' : null
}

/** Spends credits of one grant after the other; what no grant covers is owed. */
export const burn = (state: LedgerState, at: Date, credits: number): readonly Leg[] => {
  const slices = sliceUp(spendableGrants(state, at), 'available', credits)
  const owed = credits - sumOf(slices)
  const covered = slices.flatMap((slice) => shift(slice.grantId, ['available', 'spent'], slice.credits))
  return owed === 0 ? covered : [...covered, leg('spent', null, owed), leg('debt', null, -owed)]
}
