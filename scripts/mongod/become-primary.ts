import { setTimeout as sleep } from 'node:timers/promises'
import { mongo } from 'mongoose'

const patienceMs = 30_000
const alreadyInitialized = 23

/** Makes a mongod the only member of its replica set, unless its data say that it is one, and waits until it may write. */
export async function becomePrimary(uri: string): Promise<void> {
  const client = await mongo.MongoClient.connect(uri, { directConnection: true })
  try {
    const admin = client.db('admin')
    const members = [{ _id: 0, host: new URL(uri).host }]
    await admin.command({ replSetInitiate: { _id: 'paywright', members } }).catch(unlessAlready)
    await untilPrimary(admin)
  } finally {
    await client.close()
  }
}

function unlessAlready(error: unknown): void {
  if (!(error instanceof mongo.MongoServerError && error.code === alreadyInitialized)) throw error
}

async function untilPrimary(admin: mongo.Db): Promise<void> {
  const giveUpAt = Date.now() + patienceMs
  while (Date.now() < giveUpAt) {
    const { isWritablePrimary } = await admin.command({ hello: 1 })
    if (isWritablePrimary) return
    await sleep(25)
  }
  throw new Error('it does not become the primary of its replica set')
}
