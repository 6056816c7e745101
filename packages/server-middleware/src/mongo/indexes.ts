import type { Connection } from 'mongoose'
import { BillingError } from '../domain/errors.ts'

export type Index = {
  name: string
  key: Readonly<Record<string, 1 | -1>>
  unique?: true
  expireAfterSeconds?: number
  partialFilterExpression?: Readonly<Record<string, unknown>>
}

/** A collection as its file declares it; `name` comes after the prefix. */
export type Declaration = { name: string; indexes: readonly Index[] }

/** Only over documents in which the field is there: any text is greater than none, which a look-up by equality implies. */
export const wherePresent = (field: string) => ({ partialFilterExpression: { [field]: { $gt: '' } } })

/** A query has to ask for `$type: 'date'`, too: no comparison implies it, and without it all documents are looked at. */
export const whereDate = (field: string) => ({ partialFilterExpression: { [field]: { $type: 'date' } } })

export const days = (count: number) => ({ expireAfterSeconds: count * 86_400 })

/** Makes the indexes that are missing; answers their names. */
export const makeIndexes = async (
  connection: Connection,
  name: string,
  indexes: readonly Index[],
): Promise<string[]> => {
  const missing = await missingIndexes(connection, name, indexes)
  if (missing.length === 0) return []
  const specifications = missing.map(({ key, ...options }) => ({ key: { ...key }, ...options }))
  const made = await connection.collection(name).createIndexes(specifications)
  return made.map((index) => `${name}.${index}`)
}

/**
 * Uniqueness is what keeps two requests from buying twice, so no store works without it.
 *
 * @throws BillingError `misconfigured`
 */
export const requireUnique = async (connection: Connection, name: string, indexes: readonly Index[]): Promise<void> => {
  const unique = indexes.filter((index) => index.unique)
  const [missing] = unique.length === 0 ? [] : await missingIndexes(connection, name, unique)
  if (!missing) return
  throw new BillingError(
    'misconfigured',
    `The unique index ${name}.${missing.name} is missing, without which a double click could buy twice. ` +
      'Call `await store.migrate()` before the server listens, or once per deployment.',
  )
}

const missingIndexes = async (connection: Connection, name: string, indexes: readonly Index[]): Promise<Index[]> => {
  const there = await indexNames(connection, name)
  return indexes.filter((index) => !there.has(index.name))
}

const namespaceNotFound = 26

const indexNames = async (connection: Connection, name: string): Promise<ReadonlySet<unknown>> => {
  try {
    const cursor = await connection.collection(name).listIndexes()
    return new Set((await cursor.toArray()).map((index) => index.name))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === namespaceNotFound) return new Set()
    throw error
  }
}
