import { availableAt } from './balance.ts'
import { canonical } from './canonical.ts'
import type { EntryDraft } from './draft.ts'
import type { EntryOp, LedgerEntry, LedgerRef, Note, Operation } from './operation.ts'
import { type Effects, type LedgerState, type Leg, move } from './state.ts'

/** What the reducer needs from the world: the time, a cryptographic hash, and fresh random text. */
export type Tools = { now: Date; hash: (text: string) => string; newSalt: () => string }

/**
 * An entry as the book keeps it. `hash` covers the entry and the one before, so that none can be changed or left out
 * unseen; of the note it covers a salted digest, so that description and metadata can be erased and the chain holds.
 */
export type BookEntry = LedgerEntry & {
  legs: readonly Leg[]
  effects: Effects
  fingerprint: string
  salt: string
  noteDigest: string
  hash: string
}

/** A draft with its heading: what it is called, whose key it has, what is to be remembered of it. */
export type Line = EntryDraft & { op: EntryOp; key: string; note: Note; fingerprint: string }

export const ledgerIdOf = ({ accountRef, unit }: LedgerRef): string => `${accountRef}:${unit}`

/** Whose ledger it is: references have no colon. */
export const accountRefOf = (ledgerId: string): string => ledgerId.slice(0, ledgerId.indexOf(':'))

/** What it counts. */
export const unitOf = (ledgerId: string): string => ledgerId.slice(ledgerId.indexOf(':') + 1)

export type EntryInput = { state: LedgerState; ledger: LedgerRef; line: Line }

/** Writes the next line: numbered, dated, sealed. Gives the state that it makes, too. */
export const writeEntry = (
  { state, ledger, line }: EntryInput,
  tools: Tools,
): { entry: BookEntry; state: LedgerState } => {
  const seq = state.seq + 1
  const at = entryTime(state, tools.now)
  const moved = move(state, { ...line, seq, at })
  const salt = tools.newSalt()
  const unsealed = {
    ...line,
    id: `${ledgerIdOf(ledger)}:${seq}`,
    seq,
    at,
    balanceAfter: availableAt(moved, at),
    salt,
    noteDigest: digestNote(line.note, salt, tools.hash),
  }
  const hash = hashOf(unsealed, state.lastHash, tools.hash)
  return { entry: { ...unsealed, hash }, state: { ...moved, lastHash: hash } }
}

/** Time in a book never runs backwards, whatever the clocks of its writers say. */
export const entryTime = ({ lastAt }: LedgerState, now: Date): Date => (lastAt !== null && now < lastAt ? lastAt : now)

/** 128 bits tell two contents of one key apart. */
const fingerprintLength = 22

/** What an operation asked for, erasable words left out. */
export const fingerprintOf = (operation: Operation, hash: Tools['hash']): string => {
  const { amountMinor, currency } = operation.note
  const { note: _words, ...content } = operation
  return hash(canonical({ ...content, amountMinor, currency })).slice(0, fingerprintLength)
}

/** Whether an entry is the answer to this very operation, and not to another one under the same key. */
export const answers = (entry: BookEntry, operation: Operation, hash: Tools['hash']): boolean =>
  entry.fingerprint === fingerprintOf(operation, hash) &&
  entry.noteDigest === digestNote(operation.note, entry.salt, hash)

const digestNote = ({ description, metadata }: Note, salt: string, hash: Tools['hash']): string =>
  hash(JSON.stringify([salt, description, Object.entries(metadata).sort(byName)]))

const byName = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1)

/** Every field in its place: what is hashed has to read the same everywhere, for ever. */
const hashOf = (entry: Omit<BookEntry, 'hash'>, previousHash: string, hash: Tools['hash']): string => {
  const { id, seq, op, key, credits, balanceAfter, note, at, legs, effects, fingerprint, noteDigest } = entry
  const moved = legs.map(({ account, grantId, credits: amount }) => [account, grantId, amount])
  const money = [note.amountMinor, note.currency]
  const told = [id, seq, op, key, credits, balanceAfter, money, at.getTime(), moved, canonical(effects)]
  told.push(fingerprint, noteDigest, previousHash)
  return hash(JSON.stringify(told))
}

/** Whether an entry is as it was written, after that one; of its note only that it has the digest that was sealed. */
export const isSealed = (entry: BookEntry, previousHash: string, hash: Tools['hash']): boolean =>
  entry.hash === hashOf(entry, previousHash, hash)

/** The entry for whoever reads the book. */
export const toLedgerEntry = ({ id, seq, op, key, credits, balanceAfter, note, at }: BookEntry): LedgerEntry => ({
  id,
  seq,
  op,
  key,
  credits,
  balanceAfter,
  note,
  at,
})
