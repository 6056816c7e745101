import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { catalog } from '../journeys/catalog.ts'
import type { World } from '../journeys/world.ts'

/** The command itself, as it runs in a terminal or a container. It needs what the build has made. */
const program = fileURLToPath(new URL('../../bin/paywright.js', import.meta.url))

/** A host's file for the world's database and its Stripe. */
const sourceOf = ({ database, stripe }: World): string => `
import mongoose from ${JSON.stringify(import.meta.resolve('mongoose'))}
import { createBilling, mongoStore, stripeProvider } from ${JSON.stringify(
  new URL('../../dist/index.js', import.meta.url).href,
)}
const connection = await mongoose
  .createConnection(${JSON.stringify(process.env.PAYWRIGHT_TEST_MONGODB_URI)}, { dbName: ${JSON.stringify(database.name)} })
  .asPromise()
export default createBilling({
  provider: stripeProvider(${JSON.stringify({
    secretKey: stripe.keys.secretKey,
    publishableKey: stripe.keys.publishableKey,
    webhookSecrets: [stripe.keys.webhookSecret],
    apiBase: stripe.url,
  })}),
  store: mongoStore({ connection }),
  catalog: ${JSON.stringify(catalog)},
  identify: () => null,
})`

export const openHostFile = async (world: World) => {
  const folder = await mkdtemp(join(tmpdir(), 'paywright-host-'))
  const file = join(folder, 'billing.mjs')
  await writeFile(file, sourceOf(world))
  const start = (...args: string[]) => {
    const child = spawn(process.execPath, [program, ...args, '--config', file])
    const said = { out: '', err: '' }
    child.stdout.on('data', (chunk) => {
      said.out += chunk
    })
    child.stderr.on('data', (chunk) => {
      said.err += chunk
    })
    return { child, said, ended: once(child, 'close').then(([code]) => ({ ...said, code })) }
  }
  return {
    start,
    run: (...args: string[]) => start(...args).ended,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true }),
  }
}
