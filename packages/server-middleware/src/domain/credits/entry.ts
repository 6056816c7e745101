import { availableAt } from './balance.ts'
import { canonical } from './canonical.ts'
import type { GrantTerms, LedgerEntry, LedgerRef, Note, Operation } from './operation.ts'
import { type LedgerState, type Leg, move } from './state.ts'

/** What the reducer needs from the world: the time, a cryptographic hash, and fresh random text. */
export type Tools = { now: Date; hash: (text: string) => string; newSalt: () => string }

/**
 * An entry as the book keeps it. `hash` covers the entry and the one before, so that none can be changed or left out
 * unseen; of the note it covers a salted digest, so that description and metadata can be erased and the chain holds.
 */
export type BookEntry = LedgerEntry & {
  legs: readonly Leg[]
  /** What a grant entry opened. */
  grant: GrantTerms | null
  fingerprint: string
  salt: string
  noteDigest: string
  previousHash: string
  hash: string
}

export type EntryDraft = Pick<BookEntry, 'op' | 'key' | 'credits' | 'note' | 'legs' | 'grant' | 'fingerprint'>

export const ledgerIdOf = ({ accountRef, unit }: LedgerRef): string => `${accountRef}:${unit}`

export type EntryInput = { state: LedgerState; ledger: LedgerRef; draft: EntryDraft }

/** Writes the next line: numbered, dated, sealed. */
export const toEntry = ({ state, ledger, draft }: EntryInput, tools: Tools): BookEntry => {
  const seq = state.seq + 1
  const at = entryTime(state, tools.now)
  const salt = tools.newSalt()
  const unsealed = {
    ...draft,
    id: `${ledgerIdOf(ledger)}:${seq}`,
    seq,
    at,
    balanceAfter: availableAt(move(state, { ...draft, seq, at }), at),
    salt,
    noteDigest: digestNote(draft.note, salt, tools.hash),
    previousHash: state.lastHash,
  }
  return { ...unsealed, hash: hashOf(unsealed, tools.hash) }
}

/** Time in a book never runs backwards, whatever the clocks of its writers say. */
export const entryTime = ({ lastAt }: LedgerState, now: Date): Date => (lastAt !== null && now < lastAt ? lastAt : now)

/** What an operation asked for, erasable words left out. */
export const fingerprintOf = (operation: Operation, hash: Tools['hash']): string => {
  const { amountMinor, currency } = operation.note
  const { note: _words, ...content } = operation
  return hash(canonical({ ...content, amountMinor, currency }))
}

/** Whether an entry is the answer to this very operation, and not to another one under the same key. */
export const answers = (entry: BookEntry, operation: Operation, hash: Tools['hash']): boolean =>
  entry.fingerprint === fingerprintOf(operation, hash) &&
  entry.noteDigest === digestNote(operation.note, entry.salt, hash)

const digestNote = ({ description, metadata }: Note, salt: string, hash: Tools['hash']): string =>
  hash(canonical({ salt, description, metadata }))

const hashOf = ({ note, salt: _salt, ...entry }: Omit<BookEntry, 'hash'>, hash: Tools['hash']): string =>
  hash(canonical({ ...entry, amountMinor: note.amountMinor, currency: note.currency }))

/** Whether the entries, from the first on, are complete, unchanged, and balanced. */
export const isSound = (entries: readonly BookEntry[], hash: Tools['hash']): boolean =>
  entries.every((entry, index) => {
    const { hash: sealed, ...unsealed } = entry
    const follows = entry.seq === index + 1 && entry.previousHash === (entries[index - 1]?.hash ?? '')
    return follows && sealed === hashOf(unsealed, hash) && entry.legs.reduce((sum, leg) => sum + leg.credits, 0) === 0
  })

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
