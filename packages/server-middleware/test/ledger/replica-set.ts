import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import mongoose, { type Connection } from 'mongoose'

type Member = { port: number; start: () => void; kill: () => Promise<void> }

/** Three mongods that elect another primary within about a second. */
export type ReplicaSet = AsyncDisposable & {
  uri: string
  /** The primary goes on as a secondary. */
  stepDown(): Promise<void>
  /** The primary is killed where it stands, and comes back when another one has been elected. */
  killPrimary(): Promise<void>
}

const patienceMilliseconds = 30_000
const setName = 'three'

export const openReplicaSet = async (binary: string): Promise<ReplicaSet> => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'paywright-set-'))
  const members: Member[] = []
  for (let i = 0; i < 3; i += 1) members.push(await openMember(binary, path.join(folder, String(i))))
  await Promise.all(members.map(untilUp))
  await initiate(members)
  await primaryOf(members)
  return {
    uri: `mongodb://${members.map(({ port }) => `127.0.0.1:${port}`).join(',')}/?replicaSet=${setName}`,
    async stepDown() {
      const { port } = await primaryOf(members)
      // It answers by closing every connection, this one too.
      const command = { replSetStepDown: 5, secondaryCatchUpPeriodSecs: 2 }
      await onMember(port, async ({ db }) => db?.admin().command(command)).catch(() => undefined)
      await primaryOf(members)
    },
    async killPrimary() {
      const primary = await primaryOf(members)
      await primary.kill()
      await primaryOf(members.filter((each) => each !== primary))
      primary.start()
    },
    async [Symbol.asyncDispose]() {
      for (const { kill } of members) await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const openMember = async (binary: string, dbPath: string): Promise<Member> => {
  await mkdir(dbPath)
  const port = await freePort()
  const place = ['--dbpath', dbPath, '--port', String(port), '--bind_ip', '127.0.0.1', '--replSet', setName]
  const small = ['--wiredTigerCacheSizeGB', '0.25', '--oplogSize', '64']
  const launch = () => spawn(binary, [...place, ...small], { stdio: 'ignore' })
  let running: ChildProcess = launch()
  dieWithUs(running)
  return {
    port,
    start() {
      running = launch()
      dieWithUs(running)
    },
    async kill() {
      if (running.exitCode !== null || running.signalCode !== null) return
      const gone = once(running, 'close')
      running.kill('SIGKILL')
      await gone
    },
  }
}

/** Its input ends with us, whatever we die of. */
const reaper = `process.stdin.resume().on('end', () => {
  try { process.kill(Number(process.argv[1]), 'SIGKILL') } catch {}
})`

const dieWithUs = (child: ChildProcess): void => {
  const watcher = spawn(process.execPath, ['-e', reaper, String(child.pid)], { stdio: ['pipe', 'ignore', 'ignore'] })
  child.once('close', () => watcher.kill())
}

const freePort = async (): Promise<number> => {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('There is no free port.')
  return address.port
}

const untilUp = ({ port }: Member): Promise<void> =>
  onMember(port, async ({ db }) => {
    await db?.admin().command({ ping: 1 })
  })

const initiate = ([first, ...others]: readonly Member[]): Promise<void> => {
  if (!first) throw new Error('A replica set has members.')
  const members = [first, ...others].map(({ port }, _id) => ({ _id, host: `127.0.0.1:${port}` }))
  const settings = { electionTimeoutMillis: 1_000, heartbeatIntervalMillis: 200 }
  return onMember(first.port, async ({ db }) => {
    await db?.admin().command({ replSetInitiate: { _id: setName, members, settings } })
  })
}

const primaryOf = async (members: readonly Member[]): Promise<Member> => {
  const giveUpAt = Date.now() + patienceMilliseconds
  while (Date.now() < giveUpAt) {
    for (const member of members) if (await isPrimary(member).catch(() => false)) return member
    await pause(50)
  }
  throw new Error('Nobody is elected.')
}

const isPrimary = ({ port }: Member): Promise<boolean> =>
  onMember(port, async ({ db }) => (await db?.admin().command({ hello: 1 }))?.isWritablePrimary === true)

const onMember = async <T>(port: number, work: (connection: Connection) => Promise<T>): Promise<T> => {
  const options = { directConnection: true, serverSelectionTimeoutMS: patienceMilliseconds }
  const connection = await mongoose.createConnection(`mongodb://127.0.0.1:${port}/admin`, options).asPromise()
  try {
    return await work(connection)
  } finally {
    await connection.close(true)
  }
}
