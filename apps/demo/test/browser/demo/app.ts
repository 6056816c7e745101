import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const path = (relative: string) => fileURLToPath(new URL(relative, import.meta.url))

const server = path('../../../src/server/main.ts')
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
  const giveUpAt = Date.now() + 30_000
  while (child.exitCode === null && Date.now() < giveUpAt) {
    const response = await fetch(address).catch(() => null)
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill()
  throw new Error(`The app isn't well (code ${child.exitCode}):\n${said()}`)
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
