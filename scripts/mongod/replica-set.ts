import { mkdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { MongoMemoryServer } from 'mongodb-memory-server-core'
import { NoWayAround, reasonOf } from '../lib/first-that-works.ts'
import { isPortFree } from '../lib/free-port.ts'
import { keptPort } from '../lib/kept-port.ts'
import { run } from '../lib/run.ts'
import { becomePrimary } from './become-primary.ts'

export type Placement = { dataDir?: string | undefined; port?: number | undefined }
/** `binary` is what runs, if it was us who started it. */
export type RunningMongod = { uri: string; binary?: string; stop: () => Promise<void> }

const patienceMs = 10_000

/** Runs `binary` as a replica set of one: with its data in `dataDir`, or in a temporary folder that goes away. */
export async function runReplicaSet(binary: string, { dataDir, port }: Placement): Promise<RunningMongod> {
  const version = await versionOf(binary)
  if (!dataDir) return launch({ binary, version, port })
  const dbPath = path.join(dataDir, 'mongodb')
  await mkdir(dbPath, { recursive: true })
  // A replica set remembers its own address, so data and port belong together.
  const kept = await keptPort({ folder: dataDir, name: 'mongodb', wanted: port })
  await untilReleased(dbPath, kept)
  return launch({ binary, version, port: kept, dbPath })
}

/** What is dropped is gone at once: tests make and drop hundreds of databases, and each index is an open file. */
const forgetful = ['--setParameter', 'minSnapshotHistoryWindowInSeconds=0']

type Launch = { binary: string; version: string; port?: number | undefined; dbPath?: string }

async function launch({ binary, version, port, dbPath }: Launch): Promise<RunningMongod> {
  // mongodb-memory-server prefers this variable to its option.
  process.env.MONGOMS_SYSTEM_BINARY = binary
  const place = { ...(port && { port, portGeneration: false }), ...(dbPath && { dbPath }) }
  const server = await MongoMemoryServer.create({
    binary: { version },
    instance: { storageEngine: 'wiredTiger', replSet: 'paywright', args: forgetful, ...place },
  })
  const stop = async () => void (await server.stop({ doCleanup: !dbPath }))
  try {
    await becomePrimary(server.getUri())
  } catch (error) {
    await stop()
    throw error
  }
  return { uri: `${server.getUri()}?replicaSet=paywright`, binary, stop }
}

/** After a kill -9 the mongod of before needs a moment to let go of its folder and its port. */
async function untilReleased(dbPath: string, port: number): Promise<void> {
  const giveUpAt = Date.now() + patienceMs
  while ((await isLocked(dbPath)) || !(await isPortFree(port))) {
    if (Date.now() > giveUpAt) {
      throw new NoWayAround(`Port ${port}, or the data in ${dbPath}, is in use: is another demo running?`)
    }
    await sleep(200)
  }
}

/** mongod writes its process id into its lock, and empties it when it ends well. */
async function isLocked(dbPath: string): Promise<boolean> {
  const pid = Number(await readFile(path.join(dbPath, 'mongod.lock'), 'utf8').catch(() => ''))
  if (!pid) return false
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}

async function versionOf(binary: string): Promise<string> {
  const { code, output } = await run(binary, ['--version'])
  const version = /db version v?(\d+\.\d+\.\d+)/.exec(output)?.[1]
  if (code === 0 && version) return version
  throw new Error(`${binary} --version fails with: ${reasonOf(output)}`)
}
