import mongoose from 'mongoose'
import { startMongod } from '../../scripts/mongod/start-mongod.ts'
import * as figures from './figures.mjs'
import { openLedger } from './ours.mjs'
import * as races from './races.mjs'

/**
 * @typedef {object} Bench
 * @property {import('mongoose').Connection} connection
 * @property {import('mongoose').mongo.Db} db
 * @property {import('mongoose').mongo.MongoClient} client
 * @property {any} ledger
 * @property {string} uri
 * @property {(line: string) => void} say
 */

/** @type {Readonly<Record<string, (bench: Bench) => Promise<void>>>} */
const parts = { ...races, ...figures }

/**
 * @param {readonly string[]} names
 * @param {(line: string) => void} say
 */
export const main = async (names, say) => {
  const { uri, stop } = await startMongod({ say: () => undefined })
  const { connection } = await mongoose.connect(uri, { dbName: 'bench', maxPoolSize: 100 })
  const client = connection.getClient()
  const ledger = await openLedger(connection)
  const bench = { connection, client, db: client.db('bench'), ledger, uri, say }
  for (const name of names.length > 0 ? names : Object.keys(parts)) await parts[name]?.(bench)
  await ledger.close?.()
  await mongoose.disconnect()
  await stop()
}
