import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { fileURLToPath } from 'node:url'

const demo = fileURLToPath(new URL('../../..', import.meta.url))
const workshops = path.join(demo, '.data')

/** An empty folder with a terminal. */
export type Workshop = AsyncDisposable & {
  write(name: string, text: string): void
  /** Runs commands to their end; answers the last line they printed. */
  run(commands: string): Promise<string>
  /** Leaves a command running, once it answers at `address`; gives what it printed until then. */
  leaveRunning(command: string, address: string): Promise<string>
}

/** It lies within the workspace, and its packages are the workspace's: `npm install` links them. */
export const openWorkshop = (): Workshop => {
  mkdirSync(workshops, { recursive: true })
  const folder = mkdtempSync(path.join(workshops, 'tutorial-'))
  const running: ChildProcess[] = []
  const shell = (text: string) =>
    spawn('sh', ['-ec', text], { cwd: folder, detached: true, env: readersEnv(), stdio: ['ignore', 'pipe', 'pipe'] })
  return {
    write: (name, text) => writeFileSync(path.join(folder, name), text),
    run: async (commands) => {
      if (commands.startsWith('npm install')) return link(folder)
      const child = shell(commands)
      const [printed, complained] = [record(child.stdout), record(child.stderr)]
      const [code] = await once(child, 'close')
      if (code !== 0) throw new Error(`${commands}ended with code ${code}:\n${printed()}${complained()}`)
      return printed().trim().split('\n').at(-1) ?? ''
    },
    leaveRunning: async (command, address) => {
      const child = shell(`exec ${command}`)
      running.push(child)
      const said = record(child.stdout, child.stderr)
      while ((await fetch(address).catch(() => null)) === null) {
        if (child.exitCode !== null) throw new Error(`${command} ended with code ${child.exitCode}:\n${said()}`)
        await new Promise((resolve) => setTimeout(resolve, 50))
      }
      return said()
    },
    [Symbol.asyncDispose]: async () => {
      await Promise.all(running.map(end))
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

const link = (folder: string): string => {
  symlinkSync(path.join(demo, 'node_modules'), path.join(folder, 'node_modules'))
  return ''
}

/** A reader's shell knows nothing of the test's: no keys, no addresses. */
const readersEnv = (): NodeJS.ProcessEnv => {
  const { PATH, HOME, TMPDIR } = process.env
  return { PATH, HOME, ...(TMPDIR && { TMPDIR }) }
}

const record = (...streams: Readable[]): (() => string) => {
  const chunks: string[] = []
  for (const stream of streams) stream.on('data', (chunk) => chunks.push(String(chunk)))
  return () => chunks.join('')
}

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.pid === undefined) return
  const ended = once(child, 'exit')
  process.kill(-child.pid, 'SIGTERM')
  await ended
}
