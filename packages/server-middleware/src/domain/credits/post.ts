import { toBalance } from './balance.ts'
import { draftCharge } from './charge.ts'
import { answers, type BookEntry, type EntryDraft, entryTime, type Tools, toEntry, toLedgerEntry } from './entry.ts'
import { draftExpiry, isOverdue } from './expire.ts'
import { draftFreeUses, draftGrant } from './grant.ts'
import { refuseInvalid } from './invalid-operation.ts'
import type { Balance, LedgerRef, Operation, Posting } from './operation.ts'
import { applyEntry, type LedgerState } from './state.ts'

/** What an operation comes to: the answer, and the lines to write down with the state that they make. */
export type Step = { posting: Posting; state: LedgerState; entries: readonly BookEntry[] }

/** `known` is the entry that has the operation's key already, wherever it is kept. */
export type PostInput = { ledger: LedgerRef; operation: Operation; known: BookEntry | null }

/**
 * The ledger's one rule book: a state and an operation give the next state and its entries, or a refusal, which changes
 * nothing. What time has done (the free uses of a new book, credits that have expired) is written down before it.
 *
 * @throws BillingError `invalid_request` when the operation makes no sense in any state
 */
export const post = (state: LedgerState, { ledger, operation, known }: PostInput, tools: Tools): Step => {
  refuseInvalid(operation)
  if (known) return { posting: replay(state, { operation, known }, tools), state, entries: [] }
  const book = catchUp({ ledger, state, entries: [] }, tools)
  const draft = toDraft(book.state, operation, tools)
  if (!draft) return { posting: { outcome: 'insufficient', balance: balanceOf(book.state, tools) }, state, entries: [] }
  const { entry, ...written } = write(book, draft, tools)
  const balance = balanceOf(written.state, tools)
  return { ...written, posting: { outcome: 'posted', entry: toLedgerEntry(entry), balance } }
}

/** The figures as an operation would find them now. */
export const readBalance = (state: LedgerState, ledger: LedgerRef, tools: Tools): Balance =>
  balanceOf(catchUp({ ledger, state, entries: [] }, tools).state, tools)

const toDraft = (state: LedgerState, operation: Operation, tools: Tools): EntryDraft | null =>
  operation.op === 'grant' ? draftGrant(state, operation, tools) : draftCharge(state, operation, tools)

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

const write = ({ ledger, state, entries }: Book, draft: EntryDraft, tools: Tools): Book & { entry: BookEntry } => {
  const entry = toEntry({ state, ledger, draft }, tools)
  return { ledger, state: applyEntry(state, entry), entries: [...entries, entry], entry }
}

const catchUp = (book: Book, tools: Tools): Book => {
  const opened = isNew(book) ? write(book, draftFreeUses(book.state, book.ledger, tools), tools) : book
  const now = entryTime(opened.state, tools.now)
  const overdue = opened.state.grants.filter((grant) => isOverdue(grant, now))
  return overdue.reduce<Book>((each, grant) => write(each, draftExpiry(grant, tools), tools), opened)
}

const isNew = ({ ledger, state }: Book): boolean => state.seq === 0 && ledger.freeUses > 0
