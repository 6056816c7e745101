import type { mongo } from 'mongoose'
import { type BookEntry, ledgerIdOf } from '../../domain/credits/entry.ts'
import type { LedgerRef } from '../../domain/credits/operation.ts'
import type { Database } from '../database.ts'
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
import { follow, type Snapshot, unwritten, type Writing, type WrittenSnapshot } from './snapshot.ts'

export type ListPage = { before: number | null; limit: number }

/** Where books are kept: every book's document, and the archive of entries. */
export interface Books {
  load(ledger: LedgerRef): Promise<Snapshot>
  /** Writes if the book is still as in `snapshot`; null when somebody else was faster. */
  save(ledger: LedgerRef, snapshot: Snapshot, writing: Writing): Promise<Snapshot | null>
  /** Those of the keys that the archive knows. */
  findArchived(ledger: LedgerRef, keys: readonly string[]): Promise<readonly BookEntry[]>
  listArchived(ledger: LedgerRef, page: ListPage): Promise<readonly BookEntry[]>
  /** Resolves when the entries are in the archive for good. */
  archive(entries: readonly ArchivedEntry[]): Promise<void>
}

export type ArchivedEntry = { ledgerId: string; entry: BookEntry }

const archiveIndexes = [
  // A tripwire: the same key twice in one book would be a defect of ours.
  { name: 'key', key: { ledger: 1, key: 1 }, unique: true },
  { name: 'seq', key: { ledger: 1, seq: -1 } },
] as const

export const createBooks = (database: Database): Books => {
  const ledgers = database.rows<LedgerDocument>({ name: 'ledgers', indexes: [] }, 'outcome_unknown')
  const archive = database.rows<ArchivedDocument>({ name: 'ledger_entries', indexes: archiveIndexes })

  return {
    async load(ledger) {
      const found = await ledgers.find({ _id: ledgerIdOf(ledger) })
      return found ? toSnapshot(found) : unwritten
    },
    async save(ledger, snapshot, writing) {
      const next = follow(snapshot, writing)
      const document = toDocument(ledger, next)
      const isSaved =
        snapshot.rev === null
          ? (await ledgers.insert(document)) === 'inserted'
          : await ledgers.update({ _id: document._id, rev: snapshot.rev }, difference(snapshot, document))
      return isSaved ? next : null
    },
    async findArchived(ledger, keys) {
      const found = await archive.list({ ledger: ledgerIdOf(ledger), key: { $in: [...keys] } })
      return found.map(fromArchived)
    },
    async listArchived(ledger, { before, limit }) {
      const older = before === null ? {} : { seq: { $lt: before } }
      const found = await archive.list({ ledger: ledgerIdOf(ledger), ...older }, { sort: { seq: -1 }, limit })
      return found.map(fromArchived)
    },
    archive: (entries) => archive.insertMissing(entries.map(({ ledgerId, entry }) => toArchived(ledgerId, entry))),
  }
}

const toSnapshot = (document: LedgerDocument): Snapshot => ({
  rev: document.rev,
  state: toState(document),
  recent: toRecent(document),
  archivedSeq: document.archivedSeq,
})

const toDocument = (ledger: LedgerRef, { rev, state, recent, archivedSeq }: WrittenSnapshot): LedgerDocument => ({
  ...state,
  _id: ledgerIdOf(ledger),
  accountRef: ledger.accountRef,
  unit: ledger.unit,
  rev,
  grants: state.grants.map(toGrantDocument),
  recent: Object.fromEntries(recent.map((entry) => [entry.seq, toEntryDocument(entry)])),
  archivedSeq,
})

/** The update that makes `document` of what `snapshot` says is there; of the entries, only what is new or leaves. */
const difference = (
  snapshot: Snapshot,
  { _id, recent, ...fields }: LedgerDocument,
): mongo.UpdateFilter<LedgerDocument> => {
  const had = snapshot.recent.map((entry) => String(entry.seq))
  const added = Object.entries(recent).filter(([seq]) => !had.includes(seq))
  const dropped = had.filter((seq) => !Object.hasOwn(recent, seq))
  return {
    $set: { ...fields, ...toPaths(added) },
    ...(dropped.length === 0 ? {} : { $unset: toPaths(dropped.map((seq) => [seq, ''])) }),
  }
}

const toPaths = <Value>(bySeq: readonly (readonly [string, Value])[]): Record<string, Value> =>
  Object.fromEntries(bySeq.map(([seq, value]) => [`recent.${seq}`, value]))
