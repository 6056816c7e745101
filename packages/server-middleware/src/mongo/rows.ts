import type { Collection, mongo } from 'mongoose'
import { isDuplicate } from './errors.ts'

/** Ids are ours, and text: nothing here needs the driver's own types, of which a process may hold two versions. */
export type Row = { _id: string }

export type ChangeOptions = { upsert?: boolean; answer?: 'before' | 'after' }
export type ListOptions = {
  sort?: Readonly<Record<string, 1 | -1>>
  limit?: number
  projection?: Readonly<Record<string, 1>>
}

/**
 * A collection with the few verbs that the stores need. A write is one atomic step on one document (but for
 * `updateMany`), acknowledged by the majority with its journal; a read sees what the majority has.
 */
export interface Rows<Document extends Row> {
  find(filter: mongo.Filter<Document>): Promise<Document | null>
  list(filter: mongo.Filter<Document>, options?: ListOptions): Promise<Document[]>
  /** All of them, however many, in portions. */
  each(filter: mongo.Filter<Document>, options: ListOptions): AsyncIterable<readonly Document[]>
  count(filter: mongo.Filter<Document>): Promise<number>
  insert(document: Document): Promise<'inserted' | 'duplicate'>
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
}

export type Write<Document> =
  | { insert: Document }
  | { filter: mongo.Filter<Document>; update: mongo.UpdateFilter<Document> }

type Call = <T>(work: () => Promise<T>) => Promise<T>

const portionSize = 1_000

const reading = { readPreference: 'primary', readConcern: { level: 'majority' } } as const
const writing = { writeConcern: { w: 'majority', journal: true } } as const

/** `read` and `write` run a call with its deadline, and translate its errors. */
export const createRows = <Document extends Row>(
  collection: Collection<Document>,
  { read, write }: { read: Call; write: Call },
): Rows<Document> => ({
  find: (filter) => read(() => collection.findOne<Document>(filter, reading)),
  list: (filter, options) =>
    read(async () => {
      // While the connection is still opening, mongoose gives a promise of the cursor.
      const cursor = await collection.find<Document>(filter, { ...reading, ...options })
      return cursor.toArray()
    }),
  async *each(filter, options) {
    const cursor = await collection.find<Document>(filter, { ...reading, ...options, batchSize: portionSize })
    while (await read(() => cursor.hasNext())) yield cursor.readBufferedDocuments()
    await cursor.close()
  },
  count: (filter) => read(() => collection.countDocuments(filter, reading)),
  insert: (document) => write(() => insert(collection, document)),
  insertMissing: (documents) => write(() => insertMissing(collection, documents)),
  change: (filter, update, options = {}) =>
    write(() => retryUpsert(options, () => change(collection, { filter, update, options }))),
  update: (filter, update) =>
    write(async () => (await collection.updateOne(filter, update, writing)).matchedCount === 1),
  writeAll: (writes) => write(() => writeAll(collection, writes)),
  updateMany: (filter, update) =>
    write(async () => (await collection.updateMany(filter, update, writing)).modifiedCount),
  remove: (filter) => write(async () => (await collection.deleteOne(filter, writing)).deletedCount === 1),
})

type Insertion<Document> = mongo.OptionalUnlessRequiredId<Document>

const insert = async <Document extends Row>(collection: Collection<Document>, document: Document) => {
  try {
    await collection.insertOne(document as Insertion<Document>, writing)
    return 'inserted'
  } catch (error) {
    if (isDuplicate(error)) return 'duplicate'
    throw error
  }
}

const insertMissing = async <Document extends Row>(
  collection: Collection<Document>,
  documents: readonly Document[],
) => {
  try {
    await collection.insertMany(documents as Insertion<Document>[], { ...writing, ordered: false })
  } catch (error) {
    if (!isOnlyDuplicates(error)) throw error
  }
}

/** Counts beside an error acknowledge nothing. */
const writeAll = async <Document extends Row>(
  collection: Collection<Document>,
  writes: readonly Write<Document>[],
): Promise<boolean> => {
  const operations = writes.map(
    (each): mongo.AnyBulkWriteOperation<Document> =>
      'insert' in each ? { insertOne: { document: each.insert as mongo.OptionalId<Document> } } : { updateOne: each },
  )
  try {
    const { matchedCount, insertedCount } = await collection.bulkWrite(operations, { ...writing, ordered: false })
    return matchedCount + insertedCount === writes.length
  } catch (error) {
    if (isOnlyDuplicates(error)) return false
    throw error
  }
}

/** Every write error is a duplicate id, and the write concern was met. */
const isOnlyDuplicates = (error: unknown): boolean => {
  if (!isDuplicate(error)) return false
  const { writeErrors, result } = error as mongo.MongoBulkWriteError
  const all = Array.isArray(writeErrors) ? writeErrors : [writeErrors]
  return all.every(({ code }) => code === 11000) && !result.getWriteConcernError()
}

type Change<Document> = {
  filter: mongo.Filter<Document>
  update: mongo.UpdateFilter<Document>
  options: ChangeOptions
}

const change = async <Document extends Row>(
  collection: Collection<Document>,
  { filter, update, options: { upsert = false, answer = 'after' } }: Change<Document>,
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
