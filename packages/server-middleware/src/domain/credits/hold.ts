import { spendableGrants } from './balance.ts'
import { burn, refusalToSpend } from './charge.ts'
import type { Drafting, EntryDraft } from './draft.ts'
import { shift, sliceUp, sumOf } from './legs.ts'
import type { Operation, Refusal } from './operation.ts'
import type { Hold, LedgerState, Leg, Slice } from './state.ts'

const mostHolds = 256

type Holding = Extract<Operation, { op: 'hold' }>
type Capturing = Extract<Operation, { op: 'capture' }>

/** Nothing is held on credit: the overdraft is for charges. */
export const draftHold = ({ state, at }: Drafting, { credits, lastsSeconds }: Holding): EntryDraft | Refusal => {
  const refusal = refusalToSpend({ state, at, credits, overdraft: 0 })
  if (refusal) return refusal
  if (state.holds.length >= mostHolds) return 'too_many_holds'
  const slices = sliceUp(spendableGrants(state, at), 'available', credits)
  const expiresAt = new Date(at.getTime() + lastsSeconds * 1_000)
  return {
    credits: -credits,
    legs: slices.flatMap((slice) => shift(slice.grantId, ['available', 'held'], slice.credits)),
    effects: { holds: { id: holdIdOf(state.seq + 1), credits, slices, expiresAt } },
  }
}

export const holdIdOf = (seq: number): string => `h${seq}`

const findHold = ({ holds }: LedgerState, holdId: string): Hold | undefined => holds.find(({ id }) => id === holdId)

export const draftCapture = ({ state, ledger, at }: Drafting, capture: Capturing): EntryDraft | Refusal => {
  const hold = findHold(state, capture.holdId)
  if (!hold) return 'hold_closed'
  const extra = Math.max(0, capture.credits - hold.credits)
  if (extra > 0 && !capture.allowExtra) return 'exceeds_hold'
  const refusal = extra > 0 ? refusalToSpend({ state, at, credits: extra, overdraft: ledger.overdraft }) : null
  if (refusal) return refusal
  const { spent, rest } = splitSlices(hold.slices, capture.credits)
  return {
    credits: hold.credits - capture.credits,
    legs: [
      ...spent.flatMap((slice) => shift(slice.grantId, ['held', 'spent'], slice.credits)),
      ...giveBack({ state, at }, rest),
      ...(extra > 0 ? burn(state, at, extra) : []),
    ],
    effects: { closes: hold.id },
  }
}

export const draftRelease = ({ state, at }: Drafting, { holdId }: { holdId: string }): EntryDraft | Refusal => {
  const hold = findHold(state, holdId)
  return hold ? draftTimeout({ state, at }, hold) : 'hold_closed'
}

/** What happens to a hold that nobody captured, in time or ever. */
export const draftTimeout = ({ state, at }: Pick<Drafting, 'state' | 'at'>, hold: Hold): EntryDraft => {
  const legs = giveBack({ state, at }, hold.slices)
  return { credits: hold.credits - expiredIn(legs), legs, effects: { closes: hold.id } }
}

/** The first credits that were set aside are the first to be spent. */
const splitSlices = (
  slices: readonly Slice[],
  credits: number,
): { spent: readonly Slice[]; rest: readonly Slice[] } => {
  const spent: Slice[] = []
  const rest: Slice[] = []
  let missing = credits
  for (const { grantId, credits: there } of slices) {
    const taken = Math.min(there, missing)
    missing -= taken
    if (taken > 0) spent.push({ grantId, credits: taken })
    if (taken < there) rest.push({ grantId, credits: there - taken })
  }
  return { spent, rest }
}

/** A hold outlives the expiry of its grants; what comes back after it expires then. */
const giveBack = ({ state, at }: Pick<Drafting, 'state' | 'at'>, slices: readonly Slice[]): readonly Leg[] =>
  slices.flatMap(({ grantId, credits }) => {
    const expiresAt = state.grants.find(({ id }) => id === grantId)?.expiresAt ?? null
    return shift(grantId, ['held', expiresAt !== null && expiresAt <= at ? 'expired' : 'available'], credits)
  })

const expiredIn = (legs: readonly Leg[]): number => sumOf(legs.filter(({ account }) => account === 'expired'))
