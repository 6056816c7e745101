import { availableAt } from './balance.ts'
import type { Drafting, EntryDraft } from './draft.ts'
import { ledgerIdOf } from './entry.ts'
import type { LedgerRef, Operation } from './operation.ts'
import { move, type TopUp } from './state.ts'

/** The purchase that a top-up makes: named by the entry that started it, so that there is one whoever carries it out. */
export const topUpIdOf = (ledger: LedgerRef, startedBy: number): string => `topup:${ledgerIdOf(ledger)}:${startedBy}`

/** The entry that started the top-up of a purchase. */
export const starterOf = (topUpId: string): number => Number(topUpId.split(':').at(-1))

export const mostDeclines = 3

const mostStarts = 2
const startsWithinMs = 10 * 60_000
const pauseMs = 60 * 60_000
/** When somebody else looks after a top-up whose process may have died. Doing it twice buys once. */
const patienceMs = 60_000

type Setting = Extract<Operation, { op: 'set_top_up' }>
type Declining = Extract<Operation, { op: 'decline_top_up' }>

/** Who sets it anew has seen to the card: declines are forgotten. When the last ones were started is not. */
export const draftSetting = ({ state: { topUp } }: Drafting, { terms }: Setting): EntryDraft => {
  const started = terms === null ? null : topUp.started
  return { credits: 0, legs: [], effects: { topUp: { ...topUp, terms, started, declines: 0, pausedUntil: null } } }
}

export const draftDecline = ({ state: { topUp }, at }: Drafting, { startedBy }: Declining): EntryDraft => {
  const pausedUntil = new Date(at.getTime() + pauseMs)
  const declined = { ...topUp, started: null, declines: topUp.declines + 1, pausedUntil }
  return { credits: 0, legs: [], effects: topUp.started?.seq === startedBy ? { topUp: declined } : {} }
}

const spending: readonly Operation['op'][] = ['charge', 'hold', 'capture', 'set_top_up']

/**
 * What an entry does to the top-up: the grant of its purchase ends it. Spending that leaves too little starts one, or
 * takes it over from a process that has not brought it to an end in time.
 */
export const withTopUp = (drafting: Drafting, op: Operation['op'], draft: EntryDraft): EntryDraft => {
  const { state, at } = drafting
  const before = draft.effects.topUp ?? state.topUp
  if (before.terms === null) return draft
  const ended = isPaidBy(drafting, draft) ? { ...before, started: null, declines: 0, pausedUntil: null } : before
  const after = move(state, { ...draft, seq: state.seq + 1, at })
  const isLow = availableAt(after, at) < before.terms.threshold
  const topUp = spending.includes(op) ? carryOn(ended, { isLow, seq: state.seq + 1, at }) : ended
  return topUp === state.topUp ? draft : { ...draft, effects: { ...draft.effects, topUp } }
}

const isPaidBy = ({ state: { topUp }, ledger }: Drafting, { effects }: EntryDraft): boolean => {
  if (topUp.started === null) return false
  const id = topUpIdOf(ledger, topUp.started.seq)
  return (effects.opens ?? []).some(({ source }) => source.purchaseId === id)
}

const mayStart = (topUp: TopUp, at: Date): boolean =>
  topUp.started === null &&
  topUp.declines < mostDeclines &&
  (topUp.pausedUntil === null || topUp.pausedUntil <= at) &&
  recentStarts(topUp, at).length < mostStarts

const recentStarts = ({ startedAt }: TopUp, at: Date): readonly Date[] =>
  startedAt.filter((each) => at.getTime() - each.getTime() < startsWithinMs)

type Moment = { isLow: boolean; seq: number; at: Date }

const carryOn = (topUp: TopUp, { isLow, seq, at }: Moment): TopUp => {
  const { started } = topUp
  if (started && isLeft(started, at)) return { ...topUp, started: { ...started, triedBy: seq, triedAt: at } }
  if (!isLow || !mayStart(topUp, at)) return topUp
  return { ...topUp, started: { seq, triedBy: seq, triedAt: at }, startedAt: [...recentStarts(topUp, at), at] }
}

const isLeft = ({ triedAt }: NonNullable<TopUp['started']>, at: Date): boolean =>
  at.getTime() - triedAt.getTime() >= patienceMs
