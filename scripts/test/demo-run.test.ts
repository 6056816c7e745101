import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { freePort, untilPortIsFree } from '../lib/free-port.ts'
import { root } from '../lib/install.mjs'

/** The command itself, as somebody runs it in a terminal. It needs what `npm test` has built before. */
const patienceMs = 120_000
let folder: string
let port: number
let started: ChildProcess[]

beforeEach(async () => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'paywright-demo-'))
  port = await freePort()
  started = []
})

afterEach(async () => {
  for (const child of started) await end(child, 'SIGKILL')
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
})

type Demo = { child: ChildProcess; lines: string[] }

const addressOf = (wanted: number) => `The demo is on http://localhost:${wanted}`

function start(...flags: string[]): Demo {
  const env = { ...process.env, PAYWRIGHT_DATA_DIR: folder, MONGODB_URI: '', STRIPE_SECRET_KEY: '' }
  const child = spawn(process.execPath, ['scripts/demo.mjs', '--port', String(port), ...flags], { cwd: root, env })
  started.push(child)
  const lines: string[] = []
  for (const stream of [child.stdout, child.stderr]) createInterface(stream).on('line', (line) => lines.push(line))
  return { child, lines }
}

/** Until its last line is there, or it has ended. */
async function untilReady({ child, lines }: Demo): Promise<void> {
  while (!lines.at(-1)?.startsWith('The demo is on')) {
    if (child.exitCode !== null) throw new Error(`It ended with code ${child.exitCode}:\n${lines.join('\n')}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode
  const closed = once(child, 'close')
  child.kill(signal)
  await closed
  return child.exitCode
}

const health = async () => (await fetch(`http://localhost:${port}/billing/health`)).status

test(
  'the address of the demo is its last line, and there it answers; Ctrl-C ends all of it',
  async () => {
    const demo = start('--store', 'memory')
    await untilReady(demo)
    expect(demo.lines.at(-1)).toBe(addressOf(port))
    expect(await health()).toBe(200)
    expect(await end(demo.child, 'SIGINT')).toBe(130)
    expect(await untilPortIsFree(port)).toBe(true)
  },
  patienceMs,
)

test(
  'after a kill -9 nothing of it is left, and it starts again on the data that it had',
  async () => {
    const demo = start()
    await untilReady(demo)
    await end(demo.child, 'SIGKILL')
    expect(await untilPortIsFree(port, 5_000)).toBe(true)
    const again = start()
    await untilReady(again)
    expect(await health()).toBe(200)
    expect(await end(again.child, 'SIGTERM')).toBe(143)
  },
  patienceMs,
)

test(
  'a second demo on the same port says so, and how to have both',
  async () => {
    const demo = start('--store', 'memory')
    await untilReady(demo)
    const second = start('--store', 'memory')
    await once(second.child, 'close')
    expect(second.child.exitCode).toBe(1)
    expect(second.lines.at(-1)).toBe(
      `Port ${port} is taken: is another demo running? Choose another with npm run demo -- --port ${port + 1}`,
    )
  },
  patienceMs,
)
