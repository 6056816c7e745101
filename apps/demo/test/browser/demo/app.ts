import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const server = path('../../../src/server/main.ts')
const config = path('../../../src/server/billing.ts')
const cli = path('../../../node_modules/@paywright/server-middleware/bin/paywright.js')
const dieWithParent = path('../../../../../scripts/demo/die-with-parent.mjs')

/** The demo's server in a process of its own, as the launcher starts it. */
export type App = {
  /** As a power cut does. */
  kill(): Promise<void>
  stop(): Promise<void>
}

export const startApp = async (env: NodeJS.ProcessEnv, url: string): Promise<App> => {
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', dieWithParent, server], {
    env,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  await untilItAnswers(child, `${url}/billing/health`)
  return { kill: () => end(child, 'SIGKILL'), stop: () => end(child, 'SIGTERM') }
}

const untilItAnswers = async (child: ChildProcess, address: string): Promise<void> => {
  const said = record(child)
  while (child.exitCode === null) {
    const response = await fetch(address).catch(() => null)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`The app ended with code ${child.exitCode}:\n${said()}`)
}

const record = (child: ChildProcess): (() => string) => {
  const chunks: string[] = []
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => chunks.push(String(chunk)))
  return () => chunks.join('')
}

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

/** `paywright catalog push`, as the launcher runs it. It needs no store. */
export const pushCatalog = async (env: NodeJS.ProcessEnv): Promise<void> => {
  const args = ['--import', 'tsx', cli, 'catalog', 'push', '--config', config]
  const child = spawn(process.execPath, args, { env: { ...env, PAYWRIGHT_STORE: 'memory' } })
  const said = record(child)
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`paywright catalog push failed:\n${said()}`)
}
