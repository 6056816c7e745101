import type { BookEntry } from '../../domain/credits/entry.ts'
import type { GrantTerms, Note } from '../../domain/credits/operation.ts'
import type { Grant, LedgerState } from '../../domain/credits/state.ts'

/** Names and values that came from outside, as pairs: MongoDB is particular about names of fields. */
type Pairs = readonly (readonly [string, string])[]

type WithPairs<Value, Field extends keyof Value> = Omit<Value, Field> & { readonly [Each in Field]: Pairs }

/** An entry as it stands in its ledger's document, and later in the archive. */
export type EntryDocument = Omit<BookEntry, 'id' | 'note' | 'grant'> & {
  note: WithPairs<Note, 'metadata'>
  grant: WithPairs<GrantTerms, 'source'> | null
}

export type GrantDocument = WithPairs<Grant, 'source'>

/**
 * One book: its state, and the newest entries by `seq`. All in one document, so that no crash can part them. Entries up
 * to `archivedSeq` are in the archive too, and leave `recent` with some later write. `rev` is new at every write.
 */
export type LedgerDocument = Omit<LedgerState, 'grants'> & {
  _id: string
  accountRef: string
  unit: string
  rev: string
  grants: readonly GrantDocument[]
  recent: Readonly<Record<string, EntryDocument>>
  archivedSeq: number
}

export type ArchivedDocument = EntryDocument & { _id: string; ledger: string }

const entryIdOf = (ledgerId: string, seq: number): string => `${ledgerId}:${seq}`

export const toGrantDocument = (grant: Grant): GrantDocument => ({ ...grant, source: Object.entries(grant.source) })

const toGrant = (grant: GrantDocument): Grant => ({ ...grant, source: Object.fromEntries(grant.source) })

export const toEntryDocument = ({ id: _id, note, grant, ...entry }: BookEntry): EntryDocument => ({
  ...entry,
  note: { ...note, metadata: Object.entries(note.metadata) },
  grant: grant && { ...grant, source: Object.entries(grant.source) },
})

const toEntry = (ledgerId: string, { note, grant, ...entry }: EntryDocument): BookEntry => ({
  ...entry,
  id: entryIdOf(ledgerId, entry.seq),
  note: { ...note, metadata: Object.fromEntries(note.metadata) },
  grant: grant && { ...grant, source: Object.fromEntries(grant.source) },
})

export const toArchived = (ledgerId: string, entry: BookEntry): ArchivedDocument => ({
  ...toEntryDocument(entry),
  _id: entryIdOf(ledgerId, entry.seq),
  ledger: ledgerId,
})

export const fromArchived = ({ _id, ledger, ...entry }: ArchivedDocument): BookEntry => toEntry(ledger, entry)

export const toState = ({ seq, lastHash, lastAt, grants, totals }: LedgerDocument): LedgerState => ({
  seq,
  lastHash,
  lastAt,
  grants: grants.map(toGrant),
  totals,
})

/** Oldest first. */
export const toRecent = ({ _id, recent }: LedgerDocument): readonly BookEntry[] =>
  Object.values(recent)
    .map((entry) => toEntry(_id, entry))
    .sort((a, b) => a.seq - b.seq)
