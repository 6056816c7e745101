import type { mongo } from 'mongoose'
import { type BookEntry, ledgerIdOf } from '../../domain/credits/entry.ts'
import type { LedgerRef } from '../../domain/credits/operation.ts'
import type { Database } from '../database.ts'
import { unsure } from '../errors.ts'
import type { Rows, Write } from '../rows.ts'
import {
  type ArchivedDocument,
  fromArchived,
  type LedgerDocument,
  toArchived,
  toEntryDocument,
  toGrantDocument,
  toRecent,
  toState,
} from './documents.ts'
import { createLanes } from './lanes.ts'
import { openBooks, type StoredBook } from './open-books.ts'
import { follow, type Snapshot, unwritten, type Writing, type WrittenSnapshot } from './snapshot.ts'

export type ListPage = { before: number | null; limit: number }

/** Where a book is kept: its document, and the archive of its entries. */
export interface Books {
  load(ledger: LedgerRef): Promise<Snapshot>
  /** Writes if the book is still as in `snapshot`; null when somebody else was faster. */
  save(ledger: LedgerRef, snapshot: Snapshot, writing: Writing): Promise<Snapshot | null>
  /** Those of the keys that the archive knows. */
  findArchived(ledger: LedgerRef, keys: readonly string[]): Promise<readonly BookEntry[]>
  /** Resolves when the entries are in the archive for good. */
  archive(entries: readonly ArchivedEntry[]): Promise<void>
}

/** The same, for those who read. */
export interface Library extends Books {
  /** Every book, or one: what is kept of it, and its entries. */
  all(ledgerId?: string): AsyncIterable<StoredBook>
  listArchived(ledger: LedgerRef, page: ListPage): Promise<readonly BookEntry[]>
}

export type ArchivedEntry = { ledgerId: string; entry: BookEntry }

const archiveIndexes = [
  // A tripwire: the same key twice in one book would be a defect of ours.
  { name: 'key', key: { ledger: 1, key: 1 }, unique: true },
  { name: 'seq', key: { ledger: 1, seq: -1 } },
] as const

/** A few calls of each kind at a time, each for many books: enough to keep the database busy while one is answered. */
const lanes = { lanes: 2, most: 256 } as const

/** What one book is to become, and from what. */
type Save = { ledger: LedgerRef; snapshot: Snapshot; next: WrittenSnapshot }

type Sought = { ledger: LedgerRef; keys: readonly string[] }

export const createBooks = (database: Database): Library => {
  const ledgers = database.rows<LedgerDocument>({ name: 'ledgers', indexes: [] }, 'outcome_unknown')
  const archive = database.rows<ArchivedDocument>({ name: 'ledger_entries', indexes: archiveIndexes })

  const load = createLanes({ ...lanes, run: (refs: readonly LedgerRef[]) => loadAll(ledgers, refs) })
  const save = createLanes({ ...lanes, run: (saves: readonly Save[]) => saveAll(ledgers, saves) })
  const findArchived = createLanes({ ...lanes, run: (sought: readonly Sought[]) => findAll(archive, sought) })

  return {
    all: (ledgerId) => openBooks({ ledgers, archive }, ledgerId),
    load,
    async save(ledger, snapshot, writing) {
      const next = follow(snapshot, writing)
      return (await save({ ledger, snapshot, next })) ? next : null
    },
    findArchived: (ledger, keys) => findArchived({ ledger, keys }),
    async listArchived(ledger, { before, limit }) {
      const older = before === null ? {} : { seq: { $lt: before } }
      const found = await archive.list({ ledger: ledgerIdOf(ledger), ...older }, { sort: { seq: -1 }, limit })
      return found.map(fromArchived)
    },
    archive: (entries) => archive.insertMissing(entries.map(({ ledgerId, entry }) => toArchived(ledgerId, entry))),
  }
}

const loadAll = async (ledgers: Rows<LedgerDocument>, refs: readonly LedgerRef[]): Promise<readonly Snapshot[]> => {
  const found = await ledgers.list({ _id: { $in: refs.map(ledgerIdOf) } })
  const byId = new Map(found.map((document) => [document._id, document]))
  return refs.map((ref) => {
    const document = byId.get(ledgerIdOf(ref))
    return document ? toSnapshot(document) : unwritten
  })
}

/** Whether each was saved. A bulk write does not say which ones were not: their books do. */
const saveAll = async (ledgers: Rows<LedgerDocument>, saves: readonly Save[]): Promise<readonly boolean[]> => {
  if (await ledgers.writeAll(saves.map(toWrite))) return saves.map(() => true)
  const byId = await readRevs(ledgers, saves)
  return saves.map(({ ledger, next }) => byId.get(ledgerIdOf(ledger)) === next.rev)
}

const readRevs = async (
  ledgers: Rows<LedgerDocument>,
  saves: readonly Save[],
): Promise<ReadonlyMap<string, string>> => {
  const ids = saves.map(({ ledger }) => ledgerIdOf(ledger))
  try {
    const found = await ledgers.list({ _id: { $in: ids } }, { projection: { rev: 1 } })
    return new Map(found.map(({ _id, rev }) => [_id, rev]))
  } catch (error) {
    // Some of them are written, and it cannot be said which.
    throw unsure(error)
  }
}

const toWrite = ({ ledger, snapshot, next }: Save): Write<LedgerDocument> => {
  const _id = ledgerIdOf(ledger)
  return snapshot.rev === null
    ? { insert: { _id, ...toFields(ledger, next), recent: bySeq(next.recent, toEntryDocument) } }
    : { filter: { _id, rev: snapshot.rev }, update: toUpdate(ledger, snapshot, next) }
}

const findAll = async (
  archive: Rows<ArchivedDocument>,
  sought: readonly Sought[],
): Promise<readonly (readonly BookEntry[])[]> => {
  const found = await archive.list({
    $or: sought.map(({ ledger, keys }) => ({ ledger: ledgerIdOf(ledger), key: { $in: [...keys] } })),
  })
  return sought.map(({ ledger, keys }) =>
    found.filter((entry) => entry.ledger === ledgerIdOf(ledger) && keys.includes(entry.key)).map(fromArchived),
  )
}

const toSnapshot = (document: LedgerDocument): Snapshot => ({
  rev: document.rev,
  state: toState(document),
  recent: toRecent(document),
  archivedSeq: document.archivedSeq,
})

type Fields = Omit<LedgerDocument, '_id' | 'recent'>

const toFields = ({ accountRef, unit }: LedgerRef, { rev, state, archivedSeq }: WrittenSnapshot): Fields => ({
  ...state,
  accountRef,
  unit,
  rev,
  grants: state.grants.map(toGrantDocument),
  archivedSeq,
})

/** Of the entries, only what is new or leaves: the others are there. */
const toUpdate = (ledger: LedgerRef, before: Snapshot, next: WrittenSnapshot): mongo.UpdateFilter<LedgerDocument> => {
  const added = without(next.recent, before.recent)
  const dropped = without(before.recent, next.recent)
  return {
    $set: { ...toFields(ledger, next), ...bySeq(added, toEntryDocument, 'recent.') },
    ...(dropped.length > 0 && { $unset: bySeq(dropped, () => '' as const, 'recent.') }),
  }
}

const without = (entries: readonly BookEntry[], others: readonly BookEntry[]): readonly BookEntry[] => {
  const known = new Set(others.map(({ seq }) => seq))
  return entries.filter(({ seq }) => !known.has(seq))
}

const bySeq = <Value>(
  entries: readonly BookEntry[],
  to: (entry: BookEntry) => Value,
  prefix = '',
): Record<string, Value> => Object.fromEntries(entries.map((entry) => [prefix + entry.seq, to(entry)]))
