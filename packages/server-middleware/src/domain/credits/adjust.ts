import { spendableGrants } from './balance.ts'
import type { Drafting, EntryDraft } from './draft.ts'
import { draftGrant } from './grant.ts'
import { shift, sliceUp, sumOf } from './legs.ts'
import type { Operation, Refusal } from './operation.ts'

type Adjusting = Extract<Operation, { op: 'adjust' }>

/** What an operator adds is a promotional grant; what one takes has to be there. */
export const draftAdjustment = (drafting: Drafting, { credits }: Adjusting): EntryDraft | Refusal =>
  credits > 0
    ? draftGrant(drafting, {
        kind: 'promotional',
        credits,
        effectiveAt: null,
        expiresAt: null,
        rollover: null,
        source: {},
      })
    : draftTaking(drafting, -credits)

const draftTaking = ({ state, at }: Drafting, credits: number): EntryDraft | Refusal => {
  const slices = sliceUp(spendableGrants(state, at), 'available', credits)
  if (sumOf(slices) < credits) return 'insufficient'
  const legs = slices.flatMap((slice) => shift(slice.grantId, ['available', 'revoked'], slice.credits))
  return { credits: -credits, legs, effects: {} }
}
