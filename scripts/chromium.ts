import { existsSync } from 'node:fs'
import path from 'node:path'
import { chromium } from 'playwright-core'
import { findOnPath, isExecutable } from './lib/executable.ts'
import { firstThatWorks, reasonOf, type Step } from './lib/first-that-works.ts'
import { probe } from './lib/probe.ts'
import { run } from './lib/run.ts'
import { type Say, say as sayAloud } from './lib/say.mjs'

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const defaultDownloadHost = 'https://cdn.playwright.dev'

/** Where a Chromium is that runs: one that is there, or one that it gets. */
export async function findChromium(say: Say = sayAloud, env: NodeJS.ProcessEnv = process.env): Promise<string> {
  try {
    return await firstThatWorks(chromiumSteps(env), say)
  } catch (error) {
    throw new Error(`No Chromium was found, and none could be fetched:
${error instanceof Error ? error.message : error}
Set CHROMIUM_PATH to a Chromium or Chrome on this machine, or leave the browser tests out with --fast.`)
  }
}

export function chromiumSteps(env: NodeJS.ProcessEnv): Step<string>[] {
  const runs = (find: () => Promise<string>) => async () => untilItRuns(await find())
  return [
    { name: 'CHROMIUM_PATH', attempt: runs(() => named(env)) },
    { name: 'Chromium or Chrome on PATH', attempt: runs(() => findOnPath(names, env.PATH)) },
    { name: "Playwright's download", attempt: runs(() => fromPlaywright(env)) },
    { name: 'apt-get install chromium', attempt: runs(() => fromDebian(env)) },
  ]
}

async function named(env: NodeJS.ProcessEnv): Promise<string> {
  if (!env.CHROMIUM_PATH) throw new Error('not set')
  if (await isExecutable(env.CHROMIUM_PATH)) return env.CHROMIUM_PATH
  throw new Error(`${env.CHROMIUM_PATH} is not there, or may not be run`)
}

/** A browser without its system libraries is there and does not run. */
async function untilItRuns(browser: string): Promise<string> {
  const { code, output } = await run(browser, ['--version'])
  if (code === 0) return browser
  throw new Error(`${browser} --version fails with: ${reasonOf(output)}`)
}

async function fromPlaywright(env: NodeJS.ProcessEnv): Promise<string> {
  const browser = chromium.executablePath()
  if (existsSync(browser)) return browser
  await probe(env.PLAYWRIGHT_DOWNLOAD_HOST || defaultDownloadHost)
  const cli = path.join(import.meta.dirname, '..', 'node_modules', '.bin', 'playwright-core')
  const { code, output } = await run(cli, ['install', '--no-shell', 'chromium'], { env })
  if (code !== 0) throw new Error(`it fails with: ${reasonOf(output)}`)
  return browser
}

async function fromDebian(env: NodeJS.ProcessEnv): Promise<string> {
  if (!existsSync('/etc/debian_version')) throw new Error('this is no Debian')
  if (process.getuid?.() !== 0) throw new Error('it needs root')
  const aptEnv = { ...env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', ['update'], { env: aptEnv })
  const { code, output } = await run('apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
    env: aptEnv,
  })
  if (code !== 0) throw new Error(`it fails with: ${reasonOf(output.trim().split('\n').at(-1))}`)
  return findOnPath(['chromium'], env.PATH)
}
