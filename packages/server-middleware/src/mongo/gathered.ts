import type { Collection, mongo } from 'mongoose'
import type { Undo } from './deadline.ts'
import { duplicatesIn } from './errors.ts'
import { createLanes } from './lanes.ts'
import { type Call, type Row, reading, writing } from './row.ts'

/** A call costs much the same for one document as for many. */
const lanes = { lanes: 2, most: 96 } as const

/** Finds one document a call. Those that are sought at once by the same field are found together. */
export const createFinder = <Document extends Row>(collection: Collection<Document>, read: Call) => {
  const byField = new Map<string, (value: string) => Promise<Document | null>>()
  const finderBy = (field: string) => {
    const finder = byField.get(field) ?? createFinderBy(collection, field, read)
    byField.set(field, finder)
    return finder
  }
  return (filter: mongo.Filter<Document>): Promise<Document | null> => {
    const [[field = '', value] = [], ...more] = Object.entries(filter)
    const isPlain = typeof value === 'string' && more.length === 0
    return isPlain ? finderBy(field)(value) : read(() => collection.findOne<Document>(filter, reading))
  }
}

const createFinderBy = <Document extends Row>(collection: Collection<Document>, field: string, read: Call) =>
  createLanes<string, Document | null>({
    ...lanes,
    run: (values) =>
      read(async () => {
        const among = values.length === 1 ? values[0] : { $in: [...values] }
        const cursor = await collection.find<Document>({ [field]: among } as mongo.Filter<Document>, reading)
        const found = await cursor.toArray()
        const byValue = new Map(
          found.flatMap((document) => valuesOf(document, field).map((value) => [value, document])),
        )
        return values.map((value) => byValue.get(value) ?? null)
      }),
  })

/** As a filter sees it: a field that is a list has each of its values. */
const valuesOf = (document: Row, field: string): readonly unknown[] =>
  [(document as Readonly<Record<string, unknown>>)[field]].flat()

export type InsertOptions = { undo?: Undo }

/** Inserts one document a call, and those that come at once together. */
export const createInserter = <Document extends Row>(collection: Collection<Document>, write: Call) => {
  const insert = createLanes<{ document: Document; undo?: Undo }, 'inserted' | 'duplicate'>({
    ...lanes,
    run: async (items) => {
      const documents = items.map(({ document }) => document as Insertion<Document>)
      const insertAll = () => collection.insertMany(documents, { ...writing, ordered: false })
      const undoAll = () => Promise.all(items.map(({ undo }) => undo?.()))
      const duplicates = await write(() => duplicatesAmong(insertAll), undoAll)
      return items.map((_item, index) => (duplicates.has(index) ? 'duplicate' : 'inserted'))
    },
  })
  return (document: Document, options: InsertOptions = {}) => insert({ document, ...options })
}

export type Change<Document> = {
  filter: mongo.Filter<Document>
  update: mongo.UpdateFilter<Document>
}

/** Changes one document a call, if the filter finds it, and those that come at once together. */
export const createWriter = <Document extends Row>(collection: Collection<Document>, write: Call) => {
  const changeAll = (changes: readonly Change<Document>[]) =>
    collection.bulkWrite(changes.map(toOperation), { ...writing, ordered: false })
  return createLanes<Change<Document>, void>({
    ...lanes,
    run: async (changes) => {
      await write(() => changeAll(changes))
      return changes.map(() => undefined)
    },
  })
}

const toOperation = <Document extends Row>(change: Change<Document>) =>
  ({ updateOne: change }) as mongo.AnyBulkWriteOperation<Document>

type Insertion<Document> = mongo.OptionalUnlessRequiredId<Document>

/** Which of many were refused as duplicates; the others are written. */
const duplicatesAmong = async (write: () => Promise<unknown>): Promise<ReadonlySet<number>> => {
  try {
    await write()
    return new Set()
  } catch (error) {
    return duplicatesIn(error)
  }
}
