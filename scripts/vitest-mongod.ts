import { startMongod } from './mongod/start-mongod.ts'

/**
 * Vitest's global setup: hands the tests a MongoDB as PAYWRIGHT_TEST_MONGODB_URI, and, if it is ours, the program that it
 * is as PAYWRIGHT_TEST_MONGOD, unless whoever started them has done so already. Every test file takes a database with a
 * random name of its own.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env.PAYWRIGHT_TEST_MONGODB_URI) return undefined
  const mongod = await startMongod({ say: (line) => process.stderr.write(`${line}\n`) })
  process.env.PAYWRIGHT_TEST_MONGODB_URI = mongod.uri
  if (mongod.binary) process.env.PAYWRIGHT_TEST_MONGOD = mongod.binary
  return mongod.stop
}
