import type { BookEntry } from '../../domain/credits/entry.ts'
import type { Note } from '../../domain/credits/operation.ts'
import {
  type ChartAccount,
  type Effects,
  type Grant,
  type GrantTerms,
  type LedgerState,
  noTopUp,
} from '../../domain/credits/state.ts'

/** Names and values that came from outside, as pairs: MongoDB is particular about names of fields. */
type Pairs = readonly (readonly [string, string])[]

type WithPairs<Value, Field extends keyof Value> = Omit<Value, Field> & { readonly [Each in Field]: Pairs }

type TermsDocument = WithPairs<GrantTerms, 'source'>

/** An entry as it stands in its ledger's document, and later in the archive. */
export type EntryDocument = Omit<BookEntry, 'id' | 'note' | 'effects' | 'legs'> & {
  /** Account, grant, credits. */
  legs: readonly (readonly [ChartAccount, string | null, number])[]
  note: WithPairs<Note, 'metadata'>
  effects: Omit<Effects, 'opens'> & { opens?: readonly TermsDocument[] }
}

export type GrantDocument = WithPairs<Grant, 'source'>

/**
 * One book: its state, and the newest entries by `seq`. All in one document, so that no crash can part them. Entries up
 * to `archivedSeq` are in the archive too, and leave `recent` with some later write. `rev` is new at every write.
 */
export type LedgerDocument = Omit<LedgerState, 'grants' | 'topUp'> & {
  topUp?: LedgerState['topUp']
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

const toTermsDocument = (terms: GrantTerms): TermsDocument => ({ ...terms, source: Object.entries(terms.source) })

const toTerms = (terms: TermsDocument): GrantTerms => ({ ...terms, source: Object.fromEntries(terms.source) })

export const toEntryDocument = ({
  id: _id,
  note,
  effects: { opens, ...effects },
  ...entry
}: BookEntry): EntryDocument => ({
  ...entry,
  legs: entry.legs.map(({ account, grantId, credits }) => [account, grantId, credits]),
  note: { ...note, metadata: Object.entries(note.metadata) },
  effects: opens ? { ...effects, opens: opens.map(toTermsDocument) } : effects,
})

const toEntry = (ledgerId: string, { note, effects: { opens, ...effects }, ...entry }: EntryDocument): BookEntry => ({
  ...entry,
  id: entryIdOf(ledgerId, entry.seq),
  legs: entry.legs.map(([account, grantId, credits]) => ({ account, grantId, credits })),
  note: { ...note, metadata: Object.fromEntries(note.metadata) },
  effects: opens ? { ...effects, opens: opens.map(toTerms) } : effects,
})

export const toArchived = (ledgerId: string, entry: BookEntry): ArchivedDocument => ({
  ...toEntryDocument(entry),
  _id: entryIdOf(ledgerId, entry.seq),
  ledger: ledgerId,
})

export const fromArchived = ({ _id, ledger, ...entry }: ArchivedDocument): BookEntry => toEntry(ledger, entry)

export const toState = (document: LedgerDocument): LedgerState => {
  const { seq, lastHash, lastAt, status, grants, holds, claims, topUp = noTopUp, totals } = document
  return { seq, lastHash, lastAt, status, grants: grants.map(toGrant), holds, claims, topUp, totals }
}

/** Oldest first. */
export const toRecent = ({ _id, recent }: LedgerDocument): readonly BookEntry[] =>
  Object.values(recent)
    .map((entry) => toEntry(_id, entry))
    .sort((a, b) => a.seq - b.seq)
