import { randomUUID } from 'node:crypto'
import { mongoStore } from '@paywright/server-middleware'
import mongoose from 'mongoose'

/** A database of its own with its indexes, as `paywright migrate` makes them. */
export const openDatabase = async (): Promise<string> => {
  const server = process.env.PAYWRIGHT_TEST_MONGODB_URI ?? ''
  const uri = server.replace(/^(\w+(?:\+srv)?:\/\/[^/?]+)\/?[^?]*/, `$1/demo-${randomUUID()}`)
  const connection = await mongoose.createConnection(uri).asPromise()
  await mongoStore({ connection }).migrate()
  await connection.close()
  return uri
}
