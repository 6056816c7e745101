import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { parseEnv } from 'node:util'
import { root } from '../lib/install.mjs'

export type DemoFlags = { port?: string | undefined; store?: string | undefined; fresh?: boolean | undefined }

export type DemoSettings = {
  port: number
  store: 'mongo' | 'memory'
  isFresh: boolean
  /** Where what is kept between runs is, and the app's log. */
  folder: string
  env: NodeJS.ProcessEnv
}

const stores = ['mongo', 'memory'] as const
const highestPort = 65_535

/** What the demo is to do: a flag wins over the environment, and the environment over `.env`. */
export function readSettings(flags: DemoFlags, env: NodeJS.ProcessEnv): DemoSettings {
  return {
    port: portOf(flags.port ?? env.PORT ?? '3000'),
    store: storeOf(flags.store ?? env.PAYWRIGHT_STORE ?? 'mongo'),
    isFresh: flags.fresh === true,
    folder: path.resolve(root, env.PAYWRIGHT_DATA_DIR ?? '.data'),
    env,
  }
}

export function withEnvFile(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const file = path.join(root, '.env')
  return existsSync(file) ? { ...parseEnv(readFileSync(file, 'utf8')), ...env } : env
}

function portOf(text: string): number {
  const port = Number(text)
  if (Number.isInteger(port) && port > 0 && port <= highestPort) return port
  throw new Error(`"${text}" is no port: it is a number from 1 to ${highestPort}.`)
}

function storeOf(text: string): DemoSettings['store'] {
  const store = stores.find((known) => known === text)
  if (store) return store
  throw new Error(`"${text}" is no store: choose ${stores.join(' or ')}.`)
}
