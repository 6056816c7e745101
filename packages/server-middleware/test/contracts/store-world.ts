import { randomBytes } from 'node:crypto'
import mongoose, { type Connection } from 'mongoose'
import { mongoose as mongoose8 } from 'mongoose-8'
import { memoryStore } from '../../src/memory/memory-store.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import type { BillingStore } from '../../src/ports/store.ts'

/** A store, and a second instance on the same rows as another process would have it; `clock` dates both ledgers. */
export type StoreWorld = AsyncDisposable & { store: BillingStore; other: BillingStore; clock: SettableClock }

export type OpenStores = () => Promise<StoreWorld>

export class SettableClock {
  #now = Date.UTC(2026, 0, 1)

  now(): Date {
    return new Date(this.#now)
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds
  }
}

export const openMemory: OpenStores = async () => {
  const clock = new SettableClock()
  const store = memoryStore({ clock })
  return { store, other: store, clock, [Symbol.asyncDispose]: async () => {} }
}

export type TestDatabase = AsyncDisposable & {
  connection: Connection
  /** Another connection to the same database. */
  connect(): Promise<Connection>
}

const uri = (): string => {
  const address = process.env.PAYWRIGHT_TEST_MONGODB_URI
  if (address) return address
  throw new Error('PAYWRIGHT_TEST_MONGODB_URI is not set: the global setup of vitest does that.')
}

const versions = { 8: mongoose8, 9: mongoose } as const

export type MongooseVersion = keyof typeof versions

/** A database with a random name, which goes away with its last user. */
export const openDatabase = async (version: MongooseVersion = 9): Promise<TestDatabase> => {
  const dbName = `paywright-${randomBytes(6).toString('hex')}`
  const connections: Connection[] = []
  const connect = async () => {
    const connection = await versions[version].createConnection(uri(), { dbName }).asPromise()
    connections.push(connection)
    return connection
  }
  const connection = await connect()
  return {
    connection,
    connect,
    [Symbol.asyncDispose]: async () => {
      await connection.dropDatabase()
      for (const each of connections) await each.close()
    },
  }
}

/** Stores of two processes on one migrated database. */
export const openMongo =
  (version: MongooseVersion): OpenStores =>
  async () => {
    const database = await openDatabase(version)
    const clock = new SettableClock()
    const store = mongoStore({ connection: database.connection, clock })
    const other = mongoStore({ connection: await database.connect(), clock })
    await store.migrate()
    return {
      store,
      other,
      clock,
      [Symbol.asyncDispose]: async () => {
        await store.close()
        await other.close()
        await database[Symbol.asyncDispose]()
      },
    }
  }
