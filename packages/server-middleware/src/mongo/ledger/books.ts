import { randomUUID } from 'node:crypto'
import type { mongo } from 'mongoose'
import { type BookEntry, ledgerIdOf } from '../../domain/credits/entry.ts'
import type { LedgerRef } from '../../domain/credits/operation.ts'
import type { Database } from '../database.ts'
import { unsure } from '../errors.ts'
import { createLanes } from '../lanes.ts'
import type { Rows, Write } from '../rows.ts'
import {
  type ArchivedDocument,
  fromArchived,
  type LedgerDocument,
  toArchived,
  toChunks,
  toGrantDocument,
  toRecent,
  toRecentDocument,
  toState,
} from './documents.ts'
import { entriesOf, openBooks, type StoredBook } from './open-books.ts'
import { follow, type Snapshot, unwritten, type Writing, type WrittenSnapshot } from './snapshot.ts'
import { sweep } from './sweep.ts'

export type ListPage = { before: number | null; limit: number }

/** Where a book is kept: its document, and the archive of its entries. */
export interface Books {
  load(ledger: LedgerRef): Promise<Snapshot>
  /** Writes if the book is still as in `snapshot`; null when somebody else was faster. */
  save(ledger: LedgerRef, snapshot: Snapshot, writing: Writing): Promise<Snapshot | null>
  /** Whose turn it is, and how far they are; null when nobody has written in the book yet. */
  findTurn(ledger: LedgerRef): Promise<Pick<Snapshot, 'turn' | 'rev'> | null>
  /** Makes it this one's turn, unless it is somebody else's; null then, or when nobody has written in the book yet. */
  claim(ledger: LedgerRef, turn: string): Promise<Snapshot | null>
  /** Those of the keys that the archive knows. */
  findArchived(ledger: LedgerRef, keys: readonly string[]): Promise<readonly BookEntry[]>
  /** Resolves when the entries are in the archive for good. */
  archive(entries: readonly ArchivedEntry[]): Promise<void>
}

/** The same, for those who read. */
export interface Library extends Books {
  /** Copies to the archive what others left behind before then; gives how many books that was. */
  sweep(before: Date): Promise<number>
  /** Every book, or one: what is kept of it, and its entries. */
  all(ledgerId?: string): AsyncIterable<StoredBook>
  listArchived(ledger: LedgerRef, page: ListPage): Promise<readonly BookEntry[]>
}

export type ArchivedEntry = { ledgerId: string; entry: BookEntry }

const ledgerIndexes = [
  // For the sweep. Most books are clean, and not in it.
  { name: 'dirtyAt', key: { dirtyAt: 1 }, partialFilterExpression: { dirtyAt: { $type: 'date' } } },
] as const

const archiveIndexes = [
  // A tripwire: the same key twice in one book would be a defect of ours.
  { name: 'key', key: { ledger: 1, key: 1 }, unique: true },
] as const

/**
 * A few calls of each kind at a time, each for many books: enough to keep the database busy while one is answered, and
 * not so many that nothing is done here meanwhile.
 */
const lanes = { lanes: 2, most: 96 } as const

/** What one book is to become, and from what. */
type Save = { ledger: LedgerRef; snapshot: Snapshot; next: WrittenSnapshot }

type Sought = { ledger: LedgerRef; keys: readonly string[] }

export const createBooks = (database: Database): Library => {
  const ledgers = database.rows<LedgerDocument>({ name: 'ledgers', indexes: ledgerIndexes }, 'outcome_unknown')
  const archive = database.rows<ArchivedDocument>({ name: 'ledger_entries', indexes: archiveIndexes })

  const load = createLanes({ ...lanes, run: (refs: readonly LedgerRef[]) => loadAll(ledgers, refs) })
  const save = createLanes({ ...lanes, weigh: entriesIn, run: (saves: readonly Save[]) => saveAll(ledgers, saves) })
  const findArchived = createLanes({ ...lanes, run: (sought: readonly Sought[]) => findAll(archive, sought) })

  return {
    all: (ledgerId) => openBooks({ ledgers, archive }, ledgerId),
    load,
    async save(ledger, snapshot, writing) {
      const next = follow(snapshot, writing)
      return (await save({ ledger, snapshot, next })) ? next : null
    },
    async findTurn(ledger) {
      const [found = null] = await ledgers.list({ _id: ledgerIdOf(ledger) }, { projection: { turn: 1, rev: 1 } })
      return found
    },
    async claim(ledger, turn) {
      const free = { _id: ledgerIdOf(ledger), turn: null }
      const document = await ledgers.change(free, { $set: { turn, rev: randomUUID() } })
      return document && toSnapshot(document)
    },
    sweep: (before) => sweep({ ledgers, archive }, before),
    findArchived: (ledger, keys) => findArchived({ ledger, keys }),
    async listArchived(ledger, { before, limit }) {
      const found = await archive.list(entriesOf(ledgerIdOf(ledger), before), { sort: { _id: -1 }, limit })
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

/** A busy book's many entries go alone, so that its neighbours don't wait for them. */
const entriesIn = ({ snapshot, next }: Save): number => next.state.seq - snapshot.state.seq

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
    ? { insert: { _id, ...toFields(ledger, next), recent: toRecentDocument(next, next.chunks) } }
    : { filter: { _id, rev: snapshot.rev }, update: toUpdate(snapshot, next) }
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

const toSnapshot = (document: LedgerDocument): Snapshot => {
  const { rev, archivedSeq, trimmed, dirtyAt, turn } = document
  const kept = { state: toState(document), recent: toRecent(document), chunks: toChunks(document) }
  return { rev, ...kept, archivedSeq, trimmed, dirtyAt, turn }
}

type Fields = Omit<LedgerDocument, '_id' | 'recent'>

const toFields = (
  { accountRef, unit }: LedgerRef,
  { state, recent: _recent, chunks: _chunks, ...kept }: WrittenSnapshot,
): Fields => ({
  ...state,
  ...kept,
  accountRef,
  unit,
  grants: state.grants.map(toGrantDocument),
})

/** Only what has changed, and of the entries what is new or leaves. */
const toUpdate = (before: Snapshot, next: WrittenSnapshot): mongo.UpdateFilter<LedgerDocument> => {
  const { grants, ...state } = changes(before.state, next.state)
  const { state: _state, recent: _recent, chunks: _chunks, ...kept } = changes(before, next)
  const added = next.chunks.filter((first) => !before.chunks.includes(first))
  const dropped = before.chunks.filter((first) => !next.chunks.includes(first))
  return {
    $set: {
      ...state,
      ...kept,
      // A sweep may have changed these two unseen.
      archivedSeq: next.archivedSeq,
      dirtyAt: next.dirtyAt,
      ...(grants && { grants: grants.map(toGrantDocument) }),
      ...inRecent(Object.entries(toRecentDocument(next, added))),
    },
    ...(dropped.length > 0 && { $unset: inRecent(dropped.map((first) => [first, ''])) }),
  } as mongo.UpdateFilter<LedgerDocument>
}

/** Values are never changed in place, so what is the same object says the same. */
const changes = <Value extends object>(before: Value, next: Value): Partial<Value> => {
  const names = Object.keys(next) as (keyof Value)[]
  const changed = names.filter((name) => next[name] !== before[name])
  return Object.fromEntries(changed.map((name) => [name, next[name]])) as Partial<Value>
}

const inRecent = <Value>(chunks: readonly (readonly [string | number, Value])[]): Record<string, Value> =>
  Object.fromEntries(chunks.map(([first, value]) => [`recent.${first}`, value]))
