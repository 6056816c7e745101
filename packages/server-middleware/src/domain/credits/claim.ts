import { spendableGrants } from './balance.ts'
import type { Drafting, EntryDraft } from './draft.ts'
import { issue } from './grant.ts'
import { leg, netted, shift, sliceUp, sumOf } from './legs.ts'
import type { Operation, PaidCredits } from './operation.ts'
import {
  type Claim,
  type Grant,
  type GrantPart,
  type GrantTerms,
  grantIdOf,
  type LedgerState,
  type Leg,
  move,
} from './state.ts'

type Refunding = Extract<Operation, { op: 'refund' }>
type Disputing = Extract<Operation, { op: 'dispute' }>

/** What a refund changes in the claim on its payment. A failed one stays failed, whatever is heard later. */
export const draftRefund = (drafting: Drafting, refund: Refunding): EntryDraft => {
  const claim = claimOn(drafting.state, refund.payment)
  const before = claim.refunds.find(({ id }) => id === refund.refundId)
  const { refundId: id, amountMinor } = refund
  const after = { id, amountMinor, failed: refund.failed || before?.failed === true }
  const refunds = [...claim.refunds.filter((each) => each.id !== id), after]
  return settleClaim(drafting, refund.payment, { ...claim, refunds })
}

/** What a dispute changes in the claim on its payment. One that is won or lost stays so. */
export const draftDispute = (drafting: Drafting, dispute: Disputing): EntryDraft => {
  const claim = claimOn(drafting.state, dispute.payment)
  const before = claim.disputes.find(({ id }) => id === dispute.disputeId)
  const { disputeId: id, amountMinor, status } = dispute
  const after = before && before.status !== 'open' ? before : { id, amountMinor, status }
  const disputes = [...claim.disputes.filter((each) => each.id !== id), after]
  return settleClaim(drafting, dispute.payment, { ...claim, disputes })
}

const claimOn = ({ claims }: LedgerState, { paymentId }: PaidCredits): Claim =>
  claims.find((each) => each.paymentId === paymentId) ?? {
    paymentId,
    refunds: [],
    disputes: [],
    taken: 0,
    writtenOff: 0,
  }

/**
 * Brings the credits of a payment in line with what is asked back of it: in whichever order refunds and disputes are
 * heard of, the same claim ends in the same credits taken, frozen and left.
 */
const settleClaim = ({ state, ledger, at }: Drafting, payment: PaidCredits, claim: Claim): EntryDraft => {
  const reversed = amountOf(claim.refunds.filter(({ failed }) => !failed)) + lostOf(claim)
  const target = shareOf(payment, reversed)
  const thawed = ownGrants(state, payment).flatMap(({ id, parts }) => shift(id, ['frozen', 'available'], parts.frozen))
  const drafting = { state: after(state, at, { legs: thawed, opens: [] }), ledger, at }
  const { legs: moved, opens } =
    target < claim.taken
      ? giveBack(drafting, payment, { credits: claim.taken - target, writtenOff: claim.writtenOff })
      : takeBack(drafting, payment, target - claim.taken)
  const settled = after(state, at, { legs: [...thawed, ...moved], opens })
  const frozen = freeze(settled, payment, shareOf(payment, reversed + disputedOf(claim)) - target)
  const legs = netted([...thawed, ...moved, ...frozen])
  const writtenOff = claim.writtenOff - sumOf(moved.filter(({ account }) => account === 'written_off'))
  return { credits: creditsOf(legs), legs, effects: { opens, claims: { ...claim, taken: target, writtenOff } } }
}

/** The state as it would be with these legs. */
const after = (
  state: LedgerState,
  at: Date,
  change: { legs: readonly Leg[]; opens: readonly GrantTerms[] },
): LedgerState => move(state, { seq: state.seq + 1, at, legs: change.legs, effects: { opens: change.opens } })

const amountOf = (asked: readonly { amountMinor: number }[]): number =>
  asked.reduce((sum, { amountMinor }) => sum + amountMinor, 0)

const lostOf = ({ disputes }: Claim): number => amountOf(disputes.filter(({ status }) => status === 'lost'))

const disputedOf = ({ disputes }: Claim): number => amountOf(disputes.filter(({ status }) => status === 'open'))

/** The credits that an amount of a payment stands for, rounded down; all of them when it is all that was paid. */
const shareOf = ({ paidMinor, credits }: PaidCredits, amountMinor: number): number =>
  amountMinor >= paidMinor ? credits : Number((BigInt(credits) * BigInt(amountMinor)) / BigInt(paidMinor))

const ownGrants = ({ grants }: LedgerState, { paymentId }: PaidCredits): readonly Grant[] =>
  grants.filter(({ source }) => source.providerPaymentId === paymentId)

type Moved = { legs: readonly Leg[]; opens: readonly GrantTerms[] }

/** What was written off is no longer; the rest comes back as a grant on the terms of the payment's own. */
const giveBack = (
  { state }: Drafting,
  { paymentId, kind, expiresAt }: PaidCredits,
  { credits, writtenOff }: { credits: number; writtenOff: number },
): Moved => {
  const undone = Math.min(writtenOff, credits)
  const restored = undone === 0 ? [] : [leg('revoked', null, -undone), leg('written_off', null, undone)]
  if (undone === credits) return { legs: restored, opens: [] }
  const source = { providerPaymentId: paymentId }
  const terms = { kind, credits: credits - undone, effectiveAt: null, expiresAt, rollover: null, source }
  return { legs: [...restored, ...issue(state, terms, grantIdOf(state.seq))], opens: [terms] }
}

/** From the payment's own grants first, then by policy. */
const takeBack = ({ state, ledger: { shortfall }, at }: Drafting, payment: PaidCredits, credits: number): Moved => {
  const own = sliceUp(ownGrants(state, payment), 'available', credits)
  const missing = credits - sumOf(own)
  const others = shortfall === 'other_grants' ? sliceUp(otherGrants(state, payment, at), 'available', missing) : []
  const uncovered = missing - sumOf(others)
  const revoked = [...own, ...others].flatMap(({ grantId, credits: slice }) =>
    shift(grantId, ['available', 'revoked'], slice),
  )
  if (uncovered === 0) return { legs: revoked, opens: [] }
  const cover = shortfall === 'write_off' ? 'written_off' : 'debt'
  return { legs: [...revoked, leg('revoked', null, uncovered), leg(cover, null, -uncovered)], opens: [] }
}

const otherGrants = (state: LedgerState, { paymentId }: PaidCredits, at: Date): readonly Grant[] =>
  spendableGrants(state, at).filter(({ source }) => source.providerPaymentId !== paymentId)

const freeze = (state: LedgerState, payment: PaidCredits, credits: number): readonly Leg[] =>
  sliceUp(ownGrants(state, payment), 'available', credits).flatMap((slice) =>
    shift(slice.grantId, ['available', 'frozen'], slice.credits),
  )

const spendable: readonly (GrantPart | string)[] = ['available', 'debt']

/** What the legs do to what is available. */
const creditsOf = (legs: readonly Leg[]): number => sumOf(legs.filter(({ account }) => spendable.includes(account)))
