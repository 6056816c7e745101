import type { Connection, mongo } from 'mongoose'

type Row = { _id: string } & Readonly<Record<string, unknown>>

/** All that a database holds, by collection. */
export type Rows = Readonly<Record<string, readonly Row[]>>

export const readRows = async (database: Connection, names: readonly string[]): Promise<Rows> => {
  const read = names.map(async (name) => {
    const found = database.collection<Row>(name).find().sort({ _id: 1 })
    return [name, await found.toArray()] as const
  })
  return Object.fromEntries(await Promise.all(read))
}

/** Afterwards the database holds that, and nothing else; its indexes stay. */
export const writeRows = async (database: Connection, rows: Rows): Promise<void> => {
  const names = new Set([...(await namesIn(database)), ...Object.keys(rows)])
  await Promise.all([...names].map((name) => replace(database.collection<Row>(name), rows[name] ?? [])))
}

const replace = async (collection: Pick<mongo.Collection<Row>, 'deleteMany' | 'insertMany'>, rows: readonly Row[]) => {
  await collection.deleteMany({})
  if (rows.length > 0) await collection.insertMany([...rows])
}

/** Its collections. */
export const namesIn = async ({ db }: Connection): Promise<readonly string[]> => {
  const found = (await db?.listCollections({}, { nameOnly: true }).toArray()) ?? []
  return found.map(({ name }) => name)
}
