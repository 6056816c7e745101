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
      const _id = ledgerIdOf(ledger)
      const next = follow(snapshot, writing)
      const isSaved =
        snapshot.rev === null
          ? (await ledgers.insert({ _id, ...toFields(ledger, next), recent: bySeq(next.recent, toEntryDocument) })) ===
            'inserted'
          : await ledgers.update({ _id, rev: snapshot.rev }, toUpdate(ledger, snapshot, next))
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
