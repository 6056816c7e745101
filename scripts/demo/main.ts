import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { endChildren, untilStopped } from '../lib/children.ts'
import { untilPortIsFree } from '../lib/free-port.ts'
import { root } from '../lib/install.mjs'
import { quietly, runTurbo } from '../lib/programs.ts'
import { say } from '../lib/say.mjs'
import { endOfLog, paywright, startApp, untilHealthy } from './app.ts'
import type { Part } from './part.ts'
import { type DemoFlags, type DemoSettings, readSettings, withEnvFile } from './settings.ts'
import { startStore } from './store.ts'
import { startStripe } from './stripe.ts'

/** Runs the demo until it is told to stop. It never resolves: an app that ends by itself is a failure. */
export async function main(flags: DemoFlags): Promise<never> {
  const settings = readSettings(flags, quietly(withEnvFile(process.env)))
  const parts: Part[] = []
  const end = async () => {
    await endChildren()
    for (const part of parts.toReversed()) await part.stop()
  }
  const work = async () => {
    await prepare(settings)
    return run(settings, parts)
  }
  return untilStopped(work, end)
}

async function prepare({ port, isFresh, folder, env }: DemoSettings): Promise<void> {
  if (!(await untilPortIsFree(port))) {
    throw new Error(
      `Port ${port} is taken: is another demo running? Choose another with npm run demo -- --port ${port + 1}`,
    )
  }
  if (isFresh) rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true })
  say('build: the packages and the demo')
  const { code, output } = await runTurbo({ root, env }, ['build', '--filter=@paywright/demo...'])
  if (code !== 0) throw new Error(`The build failed:\n${output}`)
}

/** `parts` is filled as they start, so that whatever has started is ended when a later one does not. */
async function run(settings: DemoSettings, parts: Part[]): Promise<never> {
  const url = `http://localhost:${settings.port}`
  const place = { root, env: { ...settings.env, PORT: String(settings.port), APP_URL: url } }
  const add = (part: Part) => {
    parts.push(part)
    Object.assign(place.env, part.env)
  }
  const { folder } = settings
  const kept = settings.store === 'mongo' ? folder : undefined
  add(await startStore(settings, say))
  add(await startStripe({ ...place, folder: kept, webhookUrl: `${url}/billing/webhook`, say }))
  say('catalog: products and prices at Stripe, indexes in the store')
  await paywright(place, ['catalog', 'push'])
  if (settings.store === 'mongo') await paywright(place, ['migrate'])
  const app = startApp(place, path.join(folder, 'app.log'))
  say(`app: its log is ${path.relative(root, app.logFile)}`)
  await untilHealthy(app, `${url}/billing/health`)
  say(`The demo is on ${url}`)
  const code = await app.ended
  throw new Error(`The app ended with code ${code}:\n${endOfLog(app.logFile)}`)
}
