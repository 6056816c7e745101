import { createHash } from 'node:crypto'
import type { Connection } from 'mongoose'
import { expect } from 'vitest'
import { type BookEntry, ledgerIdOf } from '../../src/domain/credits/entry.ts'
import type { LedgerRef } from '../../src/domain/credits/operation.ts'
import { applyEntry, emptyState, type LedgerState } from '../../src/domain/credits/state.ts'
import {
  type ArchivedDocument,
  fromArchived,
  type LedgerDocument,
  toRecent,
  toState,
} from '../../src/mongo/ledger/documents.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { openDatabase } from '../contracts/store-world.ts'
import { flawsOf } from './sound.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

/** What is on disk: the document, the archive, and both together. */
export const readBook = async (connection: Connection, ref: LedgerRef) => {
  const _id = ledgerIdOf(ref)
  const document = await connection.collection<LedgerDocument>('billing_ledgers').findOne<LedgerDocument>({ _id })
  if (!document) throw new Error(`There is no ledger ${_id}.`)
  const rows = connection.collection<ArchivedDocument>('billing_ledger_entries')
  const archived = (await rows.find<ArchivedDocument>({ ledger: _id }).toArray()).map(fromArchived)
  const recent = toRecent(document)
  const all = new Map<number, BookEntry>([...archived, ...recent].map((entry) => [entry.seq, entry]))
  const entries = [...all.values()].sort((a, b) => a.seq - b.seq)
  return { document, recent, archived, entries }
}

export const expectSoundBook = async (connection: Connection, ref: LedgerRef): Promise<readonly BookEntry[]> => {
  const { entries, document } = await readBook(connection, ref)
  expect(flawsOf(entries, hash)).toEqual([])
  expect(entries.reduce<LedgerState>(applyEntry, emptyState)).toEqual(toState(document))
  return entries
}

export const openStore = async () => {
  const database = await openDatabase()
  const store = mongoStore({ connection: database.connection })
  await store.migrate()
  return { database, store, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() }
}
