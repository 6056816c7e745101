import { draftAdjustment } from './adjust.ts'
import { toBalance } from './balance.ts'
import { draftCharge } from './charge.ts'
import { draftDispute, draftRefund } from './claim.ts'
import type { Drafting, EntryDraft } from './draft.ts'
import {
  answers,
  type BookEntry,
  entryTime,
  fingerprintOf,
  type Line,
  type Tools,
  toLedgerEntry,
  writeEntry,
} from './entry.ts'
import { draftExpiry, hasRunOut, isOverdue } from './expire.ts'
import { draftGrant } from './grant.ts'
import { draftCapture, draftHold, draftRelease, draftTimeout } from './hold.ts'
import { refuseInvalid } from './invalid-operation.ts'
import { toNote } from './note.ts'
import type { Balance, EntryOp, LedgerRef, Operation, Posting, Refusal } from './operation.ts'
import { draftReversal } from './reverse.ts'
import type { Grant, Hold, LedgerState } from './state.ts'
import { draftDecline, draftSetting, withTopUp } from './top-up.ts'

/** What an operation comes to: the answer, and the lines to write down with the state that they make. */
export type Step = { posting: Posting; state: LedgerState; entries: readonly BookEntry[] }

/** `known` is the entry that has the operation's key already, wherever it is kept. */
export type PostInput = { ledger: LedgerRef; operation: Operation; known: BookEntry | null }

/**
 * The ledger's one rule book: a state and an operation give the next state and its entries, or a refusal, which changes
 * nothing. What time has done (the free uses of a new book, holds that ran out, credits that have expired) is written
 * down before it.
 *
 * @throws BillingError `invalid_request` when the operation makes no sense in any state
 */
export const post = (state: LedgerState, { ledger, operation, known }: PostInput, tools: Tools): Step => {
  refuseInvalid(operation)
  if (known) return { posting: replay(state, { operation, known }, tools), state, entries: [] }
  const book = catchUp({ ledger, state, entries: [] }, tools)
  const drafting = { state: book.state, ledger, at: entryTime(book.state, tools.now) }
  const draft = toDraft(drafting, operation)
  if (typeof draft === 'string') {
    return { posting: { outcome: draft, balance: balanceOf(book.state, tools) }, state, entries: [] }
  }
  const { op, key, note } = operation
  const whole = withTopUp(drafting, op, draft)
  const written = write(book, { ...whole, op, key, note, fingerprint: fingerprintOf(operation, tools.hash) }, tools)
  const balance = balanceOf(written.state, tools)
  return { ...written, posting: { outcome: 'posted', entry: toLedgerEntry(written.entry), balance } }
}

/** The figures as an operation would find them now. */
export const readBalance = (state: LedgerState, ledger: LedgerRef, tools: Tools): Balance =>
  balanceOf(catchUp({ ledger, state, entries: [] }, tools).state, tools)

const nothing = { credits: 0, legs: [] } as const

const toDraft = (drafting: Drafting, operation: Operation): EntryDraft | Refusal => {
  switch (operation.op) {
    case 'charge':
      return draftCharge(drafting, operation)
    case 'grant':
      return draftGrant(drafting, operation.grant)
    case 'hold':
      return draftHold(drafting, operation)
    case 'capture':
      return draftCapture(drafting, operation)
    case 'release':
      return draftRelease(drafting, operation)
    case 'refund':
      return draftRefund(drafting, operation)
    case 'dispute':
      return draftDispute(drafting, operation)
    case 'adjust':
      return draftAdjustment(drafting, operation)
    case 'reverse':
      return draftReversal(drafting, operation)
    case 'freeze':
      return { ...nothing, effects: { status: 'frozen' } }
    case 'unfreeze':
      return { ...nothing, effects: { status: 'active' } }
    case 'set_top_up':
      return draftSetting(drafting, operation)
    case 'decline_top_up':
      return draftDecline(drafting, operation)
  }
}

const replay = (
  state: LedgerState,
  { operation, known }: { operation: Operation; known: BookEntry },
  tools: Tools,
): Posting =>
  answers(known, operation, tools.hash)
    ? { outcome: 'replayed', entry: toLedgerEntry(known), balance: balanceOf(state, tools) }
    : { outcome: 'conflict' }

const balanceOf = (state: LedgerState, { now }: Tools): Balance => toBalance(state, entryTime(state, now))

type Book = { ledger: LedgerRef; state: LedgerState; entries: readonly BookEntry[] }

const write = ({ ledger, state, entries }: Book, line: Line, tools: Tools): Book & { entry: BookEntry } => {
  const written = writeEntry({ state, ledger, line }, tools)
  return { ledger, state: written.state, entries: [...entries, written.entry], entry: written.entry }
}

/** A line of the book's own: nobody asked for it. */
type OwnLine = { op: EntryOp; key: string; words: string; draft: EntryDraft }

const writeOwn = (book: Book, { op, key, words, draft }: OwnLine, tools: Tools): Book =>
  write(book, { ...draft, op, key, note: toNote({ description: words }), fingerprint: tools.hash(key) }, tools)

/** Writes down what time has done. */
const catchUp = (book: Book, tools: Tools): Book => {
  const opened = isNew(book) ? writeOwn(book, freeUses(book), tools) : book
  const now = entryTime(opened.state, tools.now)
  const runOut = opened.state.holds.filter((hold) => hasRunOut(hold, now))
  const released = runOut.reduce<Book>((each, hold) => writeOwn(each, timeout(each, hold, now), tools), opened)
  const overdue = released.state.grants.filter((grant) => isOverdue(grant, now))
  return overdue.reduce<Book>((each, grant) => writeOwn(each, expiry(each, grant), tools), released)
}

const isNew = ({ ledger, state }: Book): boolean => state.seq === 0 && ledger.freeUses > 0

/** What a book starts with. */
const freeUses = ({ state, ledger }: Book): OwnLine => {
  const lasting = { effectiveAt: null, expiresAt: null, rollover: null, source: {} }
  const draft = draftGrant({ state }, { kind: 'free', credits: ledger.freeUses, ...lasting })
  return { op: 'grant', key: `free:${ledger.accountRef}`, words: 'Free uses', draft }
}

const timeout = ({ state }: Book, hold: Hold, at: Date): OwnLine => ({
  op: 'timeout',
  key: `timeout:${hold.id}`,
  words: 'Not used in time',
  draft: draftTimeout({ state, at }, hold),
})

/** Credits that were out of reach when the rest of their grant expired expire on their own later. */
const expiry = ({ state }: Book, grant: Grant): OwnLine => ({
  op: 'expire',
  key: grant.parts.expired === 0 ? `expire:${grant.id}` : `expire:${grant.id}:${state.seq + 1}`,
  words: 'Expired',
  draft: draftExpiry(state, grant),
})
