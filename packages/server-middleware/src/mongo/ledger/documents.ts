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
import type { Trimmed } from './trimmed.ts'

/** Names and values that came from outside, as pairs: MongoDB is particular about names of fields. */
type Pairs = readonly (readonly [string, string])[]

type WithPairs<Value, Field extends keyof Value> = Omit<Value, Field> & { readonly [Each in Field]: Pairs }

type TermsDocument = WithPairs<GrantTerms, 'source'>

/** An entry as it stands in its ledger's document, and later in the archive; what says nothing is left out. */
export type EntryDocument = Omit<BookEntry, 'id' | 'seq' | 'note' | 'effects' | 'legs'> & {
  /** Account, grant, credits. */
  legs: readonly (readonly [ChartAccount, string | null, number])[]
  note?: Partial<WithPairs<Note, 'metadata'>>
  effects?: Omit<Effects, 'opens'> & { opens?: readonly TermsDocument[] }
}

export type GrantDocument = WithPairs<Grant, 'source'>

/**
 * One book: its state, and the newest entries, those of one write under the `seq` of the first. All in one document, so
 * that no crash can part them. Entries up to `archivedSeq` are in the archive too, and leave `recent` with some later
 * write. `rev` is new at every write.
 */
export type LedgerDocument = Omit<LedgerState, 'grants' | 'topUp'> & {
  topUp?: LedgerState['topUp']
  _id: string
  accountRef: string
  unit: string
  rev: string
  grants: readonly GrantDocument[]
  recent: Readonly<Record<string, readonly EntryDocument[]>>
  archivedSeq: number
  trimmed: Trimmed
  dirtyAt: Date | null
  turn: string | null
}

export type ArchivedDocument = EntryDocument & { _id: string; ledger: string }

/** `_id` sorts by ledger, then by seq: `#` stands before whatever an id of a ledger is made of. */
export const archivedIdOf = (ledgerId: string, seq: number): string => `${ledgerId}#${String(seq).padStart(12, '0')}`

const seqOf = (archivedId: string): number => Number(archivedId.slice(archivedId.lastIndexOf('#') + 1))

export const toGrantDocument = (grant: Grant): GrantDocument => ({ ...grant, source: Object.entries(grant.source) })

const toGrant = (grant: GrantDocument): Grant => ({ ...grant, source: Object.fromEntries(grant.source) })

const toTermsDocument = (terms: GrantTerms): TermsDocument => ({ ...terms, source: Object.entries(terms.source) })

const toTerms = (terms: TermsDocument): GrantTerms => ({ ...terms, source: Object.fromEntries(terms.source) })

const toEntryDocument = (entry: BookEntry): EntryDocument => ({
  op: entry.op,
  key: entry.key,
  credits: entry.credits,
  balanceAfter: entry.balanceAfter,
  at: entry.at,
  legs: entry.legs.map(({ account, grantId, credits }) => [account, grantId, credits]),
  fingerprint: entry.fingerprint,
  salt: entry.salt,
  noteDigest: entry.noteDigest,
  hash: entry.hash,
  ...toNoteDocument(entry.note),
  ...toEffectsDocument(entry.effects),
})

const toNoteDocument = ({ description, metadata, amountMinor, currency }: Note): Pick<EntryDocument, 'note'> => {
  const pairs = Object.entries(metadata)
  const note = {
    ...(description === '' ? {} : { description }),
    ...(pairs.length === 0 ? {} : { metadata: pairs }),
    ...(amountMinor === null ? {} : { amountMinor }),
    ...(currency === null ? {} : { currency }),
  }
  return Object.keys(note).length === 0 ? {} : { note }
}

const toEffectsDocument = ({ opens, ...effects }: Effects): Pick<EntryDocument, 'effects'> => {
  if (opens) return { effects: { ...effects, opens: opens.map(toTermsDocument) } }
  return Object.keys(effects).length === 0 ? {} : { effects }
}

type Place = { ledgerId: string; seq: number }

const toEntry = ({ ledgerId, seq }: Place, entry: EntryDocument): BookEntry => ({
  id: `${ledgerId}:${seq}`,
  seq,
  op: entry.op,
  key: entry.key,
  credits: entry.credits,
  balanceAfter: entry.balanceAfter,
  at: entry.at,
  legs: entry.legs.map(([account, grantId, credits]) => ({ account, grantId, credits })),
  note: toNote(entry.note),
  effects: toEffects(entry.effects),
  fingerprint: entry.fingerprint,
  salt: entry.salt,
  noteDigest: entry.noteDigest,
  hash: entry.hash,
})

const toNote = ({ metadata = [], ...note }: Partial<WithPairs<Note, 'metadata'>> = {}): Note => ({
  ...{ description: '', amountMinor: null, currency: null },
  ...note,
  metadata: Object.fromEntries(metadata),
})

const toEffects = (effects: EntryDocument['effects']): Effects => {
  if (!effects) return {}
  const { opens, ...others } = effects
  return opens ? { ...others, opens: opens.map(toTerms) } : others
}

export const toArchived = (ledgerId: string, entry: BookEntry): ArchivedDocument => ({
  ...toEntryDocument(entry),
  _id: archivedIdOf(ledgerId, entry.seq),
  ledger: ledgerId,
})

export const fromArchived = (document: ArchivedDocument): BookEntry =>
  toEntry({ ledgerId: document.ledger, seq: seqOf(document._id) }, document)

export const toState = (document: LedgerDocument): LedgerState => {
  const { seq, lastHash, lastAt, status, grants, holds, claims, topUp = noTopUp, totals } = document
  return { seq, lastHash, lastAt, status, grants: grants.map(toGrant), holds, claims, topUp, totals }
}

/** Oldest first. */
export const toRecent = ({ _id, recent }: Pick<LedgerDocument, '_id' | 'recent'>): readonly BookEntry[] =>
  toChunks({ recent }).flatMap((first) =>
    (recent[first] ?? []).map((entry, index) => toEntry({ ledgerId: _id, seq: first + index }, entry)),
  )

export const toChunks = ({ recent }: Pick<LedgerDocument, 'recent'>): readonly number[] =>
  Object.keys(recent)
    .map(Number)
    .sort((a, b) => a - b)

/** The entries of each of these chunks, as they stand in the document. */
export const toRecentDocument = (
  { recent }: { recent: readonly BookEntry[] },
  chunks: readonly number[],
): LedgerDocument['recent'] => {
  const offset = recent[0]?.seq ?? 0
  const written = chunks.map((first, index) => {
    const end = chunks[index + 1] ?? Number.POSITIVE_INFINITY
    return [first, recent.slice(first - offset, end - offset).map(toEntryDocument)] as const
  })
  return Object.fromEntries(written)
}
