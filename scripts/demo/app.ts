import type { ChildProcess } from 'node:child_process'
import { closeSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { startChild } from '../lib/children.ts'
import type { Place } from '../lib/programs.ts'
import { run } from '../lib/run.ts'

const startMs = 60_000
const lastLines = 20

export type App = { logFile: string; ended: Promise<number> }

/** Starts the demo's server, which writes into its log and ends when this process does, however that ends. */
export function startApp({ root, env }: Place, logFile: string): App {
  const dieWithParent = path.join(root, 'scripts', 'demo', 'die-with-parent.mjs')
  const log = openSync(logFile, 'a')
  const child = startChild(
    process.execPath,
    ['--import', 'tsx', '--import', dieWithParent, path.join(root, 'apps', 'demo', 'src', 'server', 'main.ts')],
    { cwd: root, env, stdio: ['ignore', log, log, 'ipc'] },
  )
  closeSync(log)
  return { logFile, ended: endOf(child) }
}

const endOf = (child: ChildProcess) =>
  new Promise<number>((resolve) => {
    child.once('error', () => resolve(127))
    child.once('close', (code) => resolve(code ?? 1))
  })

/** Resolves when the app answers that it is well; rejects with the end of its log when it ends or takes too long. */
export async function untilHealthy(app: App, healthUrl: string): Promise<void> {
  const giveUp = AbortSignal.timeout(startMs)
  const ended = app.ended.then((code) => {
    throw new Error(`The app ended with code ${code}. The end of ${app.logFile}:\n${endOfLog(app.logFile)}`)
  })
  await Promise.race([ended, answers(healthUrl, giveUp)])
  if (giveUp.aborted)
    throw new Error(`${healthUrl} is not well after a minute. The end of ${app.logFile}:\n${endOfLog(app.logFile)}`)
}

async function answers(url: string, giveUp: AbortSignal): Promise<void> {
  while (!giveUp.aborted) {
    const response = await fetch(url, { signal: giveUp }).catch(() => undefined)
    await response?.body?.cancel()
    if (response?.ok) return
    await sleep(100)
  }
}

export const endOfLog = (file: string) => readFileSync(file, 'utf8').trimEnd().split('\n').slice(-lastLines).join('\n')

/** Runs a command of Paywright's own CLI on the demo's billing. */
export async function paywright({ root, env }: Place, command: readonly string[]): Promise<void> {
  const cli = path.join(root, 'packages', 'server-middleware', 'bin', 'paywright.js')
  const config = path.join(root, 'apps', 'demo', 'src', 'server', 'billing.ts')
  const args = ['--import', 'tsx', cli, ...command, '--config', config]
  const { code, output } = await run(process.execPath, args, { cwd: root, env })
  if (code !== 0) throw new Error(`paywright ${command.join(' ')} failed:\n${output}`)
}
