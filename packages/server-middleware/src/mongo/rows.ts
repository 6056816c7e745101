import type { Collection, mongo } from 'mongoose'
import type { Undo } from './deadline.ts'
import { isDuplicate, WriteRefused } from './errors.ts'
import { type Change, createFinder, createInserter, createWriter, type InsertOptions } from './gathered.ts'
import { type Call, type Row, reading, writeConcern, writing } from './row.ts'

export type ChangeOptions = { upsert?: boolean; answer?: 'before' | 'after'; undo?: Undo }
export type ListOptions = {
  sort?: Readonly<Record<string, 1 | -1>>
  limit?: number
  projection?: Readonly<Record<string, 1>>
}

/**
 * A collection with the few verbs that the stores need. A write is one atomic step on one document (but for
 * `updateMany`), acknowledged by the majority with its journal; a read sees what the majority has. What many callers
 * find, insert or write at once goes out in one call.
 */
export interface Rows<Document extends Row> {
  find(filter: mongo.Filter<Document>): Promise<Document | null>
  list(filter: mongo.Filter<Document>, options?: ListOptions): Promise<Document[]>
  /** All of them, however many, in portions. */
  each(filter: mongo.Filter<Document>, options: ListOptions): AsyncIterable<readonly Document[]>
  /** Counts no further than `limit`. */
  count(filter: mongo.Filter<Document>, options?: Pick<ListOptions, 'limit'>): Promise<number>
  insert(document: Document, options?: InsertOptions): Promise<'inserted' | 'duplicate'>
  /** For whom it need not be known whether the filter found one. */
  write(change: Change<Document>): Promise<void>
  /** Resolves when all of them are there for good, whoever wrote them. */
  insertMissing(documents: readonly Document[]): Promise<void>
  /** The document as it then is, or as it was `before`; null when the filter finds none. */
  change(
    filter: mongo.Filter<Document>,
    update: mongo.UpdateFilter<Document>,
    options?: ChangeOptions,
  ): Promise<Document | null>
  /** Whether the filter found one. */
  update(filter: mongo.Filter<Document>, update: mongo.UpdateFilter<Document>): Promise<boolean>
  /**
   * Many writes in one call. True when every one of them was carried out; false when some were not, as their document
   * was not as expected: which ones, only a look will tell.
   */
  writeAll(writes: readonly Write<Document>[]): Promise<boolean>
  updateMany(filter: mongo.Filter<Document>, update: mongo.UpdateFilter<Document>): Promise<number>
  /** Whether the filter found one. */
  remove(filter: mongo.Filter<Document>): Promise<boolean>
  removeMany(filter: mongo.Filter<Document>): Promise<number>
}

export type Write<Document> =
  | { insert: Document }
  | { filter: mongo.Filter<Document>; update: mongo.UpdateFilter<Document> }

const portionSize = 250
/** A command has 16 MB: so many documents fit in it, whatever is in them. */
const mostInserted = 256

export const createRows = <Document extends Row>(
  collection: Collection<Document>,
  { read, write }: { read: Call; write: Call },
): Rows<Document> => ({
  find: createFinder(collection, read),
  list: (filter, options) =>
    read(async () => {
      // While the connection is still opening, mongoose gives a promise of the cursor.
      const cursor = await collection.find<Document>(filter, { ...reading, ...options })
      return cursor.toArray()
    }),
  async *each(filter, options) {
    const cursor = await collection.find<Document>(filter, { ...reading, ...options, batchSize: portionSize })
    const next = () => read(async () => ((await cursor.hasNext()) ? cursor.readBufferedDocuments() : null))
    yield* ahead(next, () => cursor.close())
  },
  count: (filter, options) => read(() => collection.countDocuments(filter, { ...reading, ...options })),
  insert: createInserter(collection, write),
  write: createWriter(collection, write),
  insertMissing: (documents) => write(() => insertMissing(collection, documents)),
  change: (filter, update, options = {}) =>
    write(() => retryUpsert(options, () => change(collection, { filter, update, options })), options.undo),
  update: (filter, update) =>
    write(async () => (await collection.updateOne(filter, update, writing)).matchedCount === 1),
  writeAll: (writes) => write(() => writeAll(collection, writes)),
  updateMany: (filter, update) =>
    write(async () => (await collection.updateMany(filter, update, writing)).modifiedCount),
  remove: (filter) => write(async () => (await collection.deleteOne(filter, writing)).deletedCount === 1),
  removeMany: (filter) => write(async () => (await collection.deleteMany(filter, writing)).deletedCount),
})

/** Asks for the next one while the last one is being looked at. */
async function* ahead<T>(next: () => Promise<T | null>, close: () => Promise<unknown>): AsyncIterable<T> {
  let coming = next()
  try {
    for (let value = await coming; value !== null; value = await coming) {
      coming = next()
      yield value
    }
  } finally {
    await coming.catch(() => undefined)
    await close()
  }
}

const insertMissing = async <Document extends Row>(
  collection: Collection<Document>,
  documents: readonly Document[],
) => {
  for (let from = 0; from < documents.length; from += mostInserted) {
    await run(collection, { insert: collection.collectionName, documents: documents.slice(from, from + mostInserted) })
  }
}

const writeAll = async <Document extends Row>(
  collection: Collection<Document>,
  writes: readonly Write<Document>[],
): Promise<boolean> => {
  const written = await run(collection, { update: collection.collectionName, updates: writes.map(toStatement) })
  return written === writes.length
}

const toStatement = <Document extends Row>(write: Write<Document>): mongo.Document =>
  'insert' in write
    ? { q: { _id: write.insert._id, ...neverThere }, u: { $setOnInsert: write.insert }, upsert: true }
    : { q: write.filter, u: write.update }

/** With it a filter finds no document, so that an upsert inserts, or is refused as a duplicate. */
const neverThere = { $nor: [{}] } as const

/**
 * How many were written; a duplicate key is all that may have kept the others from it. These are bare commands: for each
 * write of a bulk write the driver makes objects, which takes as long as the write.
 */
const run = async <Document extends Row>(
  { conn }: Collection<Document>,
  command: Readonly<Record<string, unknown>>,
): Promise<number> => {
  const answer = await conn
    .getClient()
    .db(conn.name)
    .command({ ...command, ordered: false, writeConcern })
  const { n, writeErrors = [], writeConcernError = null } = answer
  const refused = [...writeErrors, writeConcernError].find((error) => error && error.code !== 11000)
  if (refused) throw new WriteRefused(refused)
  return n
}

type Changing<Document> = Change<Document> & { options: ChangeOptions }

const change = async <Document extends Row>(
  collection: Collection<Document>,
  { filter, update, options: { upsert = false, answer = 'after' } }: Changing<Document>,
): Promise<Document | null> => {
  const found = await collection.findOneAndUpdate(filter, update, { ...writing, upsert, returnDocument: answer })
  return found as Document | null
}

/** Two upserts at once: the server refuses one with a duplicate key, and by then the document is there to be changed. */
const retryUpsert = async <T>({ upsert }: ChangeOptions, work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (upsert && isDuplicate(error)) return work()
    throw error
  }
}
