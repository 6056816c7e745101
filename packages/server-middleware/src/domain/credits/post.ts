import { BillingError } from '../errors.ts'
import { availableAt, spendableGrants, toBalance } from './balance.ts'
import {
  answers,
  type BookEntry,
  type EntryDraft,
  entryTime,
  fingerprintOf,
  type Tools,
  toEntry,
  toLedgerEntry,
} from './entry.ts'
import type { Balance, GrantTerms, LedgerRef, Note, Operation, Posting } from './operation.ts'
import { applyEntry, type Grant, grantIdOf, type LedgerState, type Leg } from './state.ts'

/** What an operation comes to: the answer, and the lines to write down with the state that they make. */
export type Step = { posting: Posting; state: LedgerState; entries: readonly BookEntry[] }

/** `known` is the entry that has the operation's key already, wherever it is kept. */
export type PostInput = { ledger: LedgerRef; operation: Operation; known: BookEntry | null }

/**
 * The ledger's one rule book: a state and an operation give the next state and its entries, or a refusal, which changes
 * nothing. What has to be noticed first (the free uses of a new book, credits that have expired) is written before it.
 *
 * @throws BillingError `invalid_request` when credits are no positive integer, or more than can be counted exactly
 */
export const post = (state: LedgerState, { ledger, operation, known }: PostInput, tools: Tools): Step => {
  refuseInexact(operation)
  if (known) return replay(state, { operation, known }, tools)
  const book = tidy({ ledger, state, entries: [] }, tools)
  const now = entryTime(book.state, tools.now)
  const draft =
    operation.op === 'grant' ? draftGrant(book.state, operation, tools) : draftCharge(book.state, operation, tools)
  if (!draft) return { posting: { outcome: 'insufficient', balance: toBalance(book.state, now) }, state, entries: [] }
  const { entry, ...written } = write(book, draft, tools)
  const posting = { outcome: 'posted', entry: toLedgerEntry(entry), balance: toBalance(written.state, now) } as const
  return { posting, state: written.state, entries: written.entries }
}

/** The figures as a charge would find them now. */
export const readBalance = (state: LedgerState, ledger: LedgerRef, tools: Tools): Balance => {
  const book = tidy({ ledger, state, entries: [] }, tools)
  return toBalance(book.state, entryTime(book.state, tools.now))
}

const replay = (
  state: LedgerState,
  { operation, known }: { operation: Operation; known: BookEntry },
  tools: Tools,
): Step => {
  const balance = toBalance(state, entryTime(state, tools.now))
  const posting: Posting = answers(known, operation, tools.hash)
    ? { outcome: 'replayed', entry: toLedgerEntry(known), balance }
    : { outcome: 'conflict' }
  return { posting, state, entries: [] }
}

type Book = { ledger: LedgerRef; state: LedgerState; entries: readonly BookEntry[] }

const write = ({ ledger, state, entries }: Book, draft: EntryDraft, tools: Tools): Book & { entry: BookEntry } => {
  const entry = toEntry({ state, ledger, draft }, tools)
  return { ledger, state: applyEntry(state, entry), entries: [...entries, entry], entry }
}

const tidy = (book: Book, tools: Tools): Book => {
  const opened =
    book.state.seq === 0 && book.ledger.freeUses > 0 ? write(book, draftFreeUses(book, tools), tools) : book
  const now = entryTime(opened.state, tools.now)
  const overdue = opened.state.grants.filter((grant) => isOverdue(grant, now))
  return overdue.reduce<Book>((each, grant) => write(each, draftExpiry(grant, tools), tools), opened)
}

const isOverdue = ({ parts, expiresAt }: Grant, now: Date): boolean =>
  parts.available > 0 && expiresAt !== null && expiresAt <= now

const draftFreeUses = ({ ledger, state }: Book, tools: Tools): EntryDraft =>
  draftGrant(
    state,
    {
      op: 'grant',
      key: `free:${ledger.accountRef}`,
      grant: { kind: 'free', credits: ledger.freeUses, effectiveAt: null, expiresAt: null, source: {} },
      note: noteOf('Free uses'),
    },
    tools,
  )

const draftExpiry = ({ id, parts: { available } }: Grant, { hash }: Tools): EntryDraft => ({
  op: 'expire',
  key: `expire:${id}`,
  credits: -available,
  note: noteOf('Expired'),
  legs: [
    { account: 'available', grantId: id, credits: -available },
    { account: 'expired', grantId: id, credits: available },
  ],
  grant: null,
  fingerprint: hash(`expire:${id}`),
})

type Granting = Extract<Operation, { op: 'grant' }>

const draftGrant = (state: LedgerState, operation: Granting, { hash }: Tools): EntryDraft => {
  const { key, grant, note } = operation
  refuseOverflow(state, grant)
  const legs: readonly Leg[] = [
    { account: 'issued', grantId: null, credits: -grant.credits },
    { account: 'available', grantId: grantIdOf(state.seq + 1), credits: grant.credits },
  ]
  return { op: 'grant', key, credits: grant.credits, note, legs, grant, fingerprint: fingerprintOf(operation, hash) }
}

type Charging = Extract<Operation, { op: 'charge' }>

/** Null when the book cannot pay. */
const draftCharge = (state: LedgerState, operation: Charging, { now, hash }: Tools): EntryDraft | null => {
  const at = entryTime(state, now)
  const { key, credits, note } = operation
  if (availableAt(state, at) < credits) return null
  const legs = burn(spendableGrants(state, at), credits)
  return { op: 'charge', key, credits: -credits, note, legs, grant: null, fingerprint: fingerprintOf(operation, hash) }
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

const noteOf = (description: string): Note => ({ description, metadata: {}, amountMinor: null, currency: null })

const refuseInexact = (operation: Operation): void => {
  const credits = operation.op === 'grant' ? operation.grant.credits : operation.credits
  if (Number.isSafeInteger(credits) && credits > 0) return
  throw invalidCredits(`must be an integer of at least 1, and not ${credits}`)
}

const refuseOverflow = ({ totals }: LedgerState, { credits }: GrantTerms): void => {
  if (Number.isSafeInteger(totals.issued - credits)) return
  throw invalidCredits('would take this ledger past what can be counted exactly')
}

const invalidCredits = (message: string): BillingError<'invalid_request'> =>
  new BillingError('invalid_request', `Nothing was written to the ledger: credits ${message}.`, {
    details: { fields: [{ path: 'credits', message }] },
  })
