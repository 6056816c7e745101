import type { Say } from '../lib/say.mjs'
import { startMongod } from '../mongod/start-mongod.ts'
import type { Part } from './part.ts'
import type { DemoSettings } from './settings.ts'

/** A MongoDB with its data in the folder, or no database at all. */
export async function startStore({ store, folder, env }: DemoSettings, say: Say): Promise<Part> {
  if (store === 'memory') {
    say('store: in memory, forgotten when the demo ends')
    return { env: { PAYWRIGHT_STORE: 'memory' }, stop: async () => {} }
  }
  say('mongod: a MongoDB for the demo')
  const mongod = await startMongod({ dataDir: folder, env, say })
  return { env: { PAYWRIGHT_STORE: 'mongo', MONGODB_URI: withDatabase(mongod.uri) }, stop: mongod.stop }
}

/** Names the database, where the address names none. */
export function withDatabase(uri: string): string {
  const [, server = uri, database = '', query = ''] = /^(\w+(?:\+srv)?:\/\/[^/?]+)\/?([^?]*)(\?.*)?$/.exec(uri) ?? []
  return `${server}/${database || 'paywright-demo'}${query}`
}
