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

/**
 * Uniqueness is what keeps two requests from buying twice, so no store works without it. In which form it is kept does not
 * matter here: while a new version replaces another one, both find it.
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
  const there = (await listIndexes(connection, name)).filter((index) => index.unique)
  return indexes.filter(({ key }) => !there.some((index) => keysOf(index) === keysOf({ key })))
}

/** Their order matters. */
const keysOf = ({ key }: Pick<Index, 'key'>): string => JSON.stringify(Object.entries(key))

/** Whatever makes one index another than the next, but its name. */
export const definitionOf = (index: FoundIndex): string => {
  const { unique = false, sparse = false, partialFilterExpression = null, expireAfterSeconds = null, collation } = index
  return JSON.stringify([keysOf(index), unique, sparse, partialFilterExpression, expireAfterSeconds, collation ?? null])
}

/** An index that a collection has. */
export type FoundIndex = Omit<Index, 'unique'> & { unique?: boolean; sparse?: boolean; collation?: object }

const namespaceNotFound = 26

export const listIndexes = async (connection: Connection, name: string): Promise<readonly FoundIndex[]> => {
  try {
    const cursor = await connection.collection(name).listIndexes()
    return (await cursor.toArray()) as FoundIndex[]
  } catch (error) {
    if (isServerError(error, namespaceNotFound)) return []
    throw error
  }
}

export const isServerError = (error: unknown, code: number): boolean =>
  error instanceof Error && 'code' in error && error.code === code
