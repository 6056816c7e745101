import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { cacheDir } from '../lib/cache-dir.ts'
import { startChild } from '../lib/children.ts'
import { freePort } from '../lib/free-port.ts'
import { run } from '../lib/run.ts'

const version = 'v0.203.0'

const onPath = (name: string, env: NodeJS.ProcessEnv): string | undefined =>
  (env.PATH ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => existsSync(file))

const ownFolder = (env: NodeJS.ProcessEnv): string => path.join(cacheDir(env), `stripe-mock-${version}`)

/** A stripe-mock that is there: on PATH, where Go puts programs, or where one was put before. */
const installed = (env: NodeJS.ProcessEnv): string | undefined => {
  const goPath = env.GOPATH ?? path.join(os.homedir(), 'go')
  const places = [path.join(goPath, 'bin', 'stripe-mock'), path.join(ownFolder(env), 'stripe-mock')]
  return onPath('stripe-mock', env) ?? places.find((file) => existsSync(file))
}

/** What to say when there is no way to a stripe-mock here; nothing when there is one. */
export const withoutStripeMock = (env: NodeJS.ProcessEnv = process.env): string | false =>
  installed(env) === undefined &&
  onPath('go', env) === undefined &&
  `neither stripe-mock nor Go is here (go install github.com/stripe/stripe-mock@${version})`

const build = async (env: NodeJS.ProcessEnv): Promise<string> => {
  const folder = ownFolder(env)
  await mkdir(folder, { recursive: true })
  const module = `github.com/stripe/stripe-mock@${version}`
  const { code, output } = await run('go', ['install', module], { env: { ...env, GOBIN: folder } })
  if (code !== 0) throw new Error(`go install ${module} failed:\n${output}`)
  return path.join(folder, 'stripe-mock')
}

const patienceMs = 10_000

const untilItAnswers = async (url: string): Promise<void> => {
  const giveUpAt = Date.now() + patienceMs
  while (
    !(await fetch(url).then(
      () => true,
      () => false,
    ))
  ) {
    if (Date.now() > giveUpAt) throw new Error(`stripe-mock does not answer at ${url}`)
    await sleep(50)
  }
}

export type RunningMock = AsyncDisposable & { url: string }

/** Starts Stripe's own stripe-mock: one that is there, or one that Go makes. */
export async function startStripeMock(env: NodeJS.ProcessEnv): Promise<RunningMock> {
  const program = installed(env) ?? (await build(env))
  const port = await freePort()
  const child = startChild(program, ['-http-addr', `127.0.0.1:${port}`], { env, stdio: 'ignore' })
  const url = `http://127.0.0.1:${port}`
  const ended = new Promise((resolve) => child.once('close', resolve))
  await untilItAnswers(url)
  return {
    url,
    async [Symbol.asyncDispose]() {
      child.kill()
      await ended
    },
  }
}
