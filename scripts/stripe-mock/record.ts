import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { type Place, runPnpm } from '../lib/programs.ts'
import { StageFailure } from '../stages/stage.ts'
import type { Exchange } from './exchange.ts'

/** Tests that talk to a simulator as a server would, by package. */
const talkative: Readonly<Record<string, readonly string[]>> = {
  'packages/stripe-simulator': ['--exclude', '**/{browser,pages,properties,project}/**'],
  'packages/server-middleware': ['test/contracts/stripe-provider', 'test/stripe/', '--typecheck=false'],
}

const hook = new URL('./record-requests.mjs', import.meta.url)

const runTests = async (place: Place, folder: string): Promise<void> => {
  const args = ['exec', 'vitest', 'run', '--reporter=dot', '--no-isolate', ...(talkative[folder] ?? [])]
  const { code, output } = await runPnpm(place, args, path.join(place.root, folder))
  if (code !== 0) throw new StageFailure(`The tests of ${folder} fail, so not every request is there:\n${output}`)
}

const readAll = (folder: string): Exchange[] =>
  readdirSync(folder)
    .flatMap((file) => readFileSync(path.join(folder, file), 'utf8').trim().split('\n'))
    .map((line) => JSON.parse(line) as Exchange)

/** Every request that the kit's provider, and the simulator's own tests, send to a simulator. */
export async function recordRequests({ root, env }: Place): Promise<Exchange[]> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'paywright-requests-'))
  const hooked = `${env.NODE_OPTIONS ?? ''} --import=${pathToFileURL(hook.pathname).href}`
  const place = { root, env: { ...env, PAYWRIGHT_REQUESTS: folder, NODE_OPTIONS: hooked } }
  try {
    await Promise.all(Object.keys(talkative).map((each) => runTests(place, each)))
    return readAll(folder)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
