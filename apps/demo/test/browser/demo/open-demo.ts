import type { BrowserContextOptions } from 'playwright-core'
import { freePort } from '../../../../../scripts/lib/free-port.ts'
import { type App, startApp } from './app.ts'
import { launchBrowser } from './browser.ts'
import { openDatabase } from './database.ts'
import { envOf, pushCatalog, type Stripe, startStripe } from './stripe.ts'
import { createVisitor, type Visitor } from './visitor.ts'

export type Demo = AsyncDisposable & {
  url: string
  stripe: Stripe
  /** Somebody with a browser window of their own, signed in by name. */
  visitor(name: string, options?: BrowserContextOptions): Promise<Visitor>
  /** Somebody who hasn't signed in. */
  stranger(options?: BrowserContextOptions): Promise<Visitor>
  /** The server dies, as by a power cut, and the database stays. */
  kill(): Promise<void>
  start(): Promise<void>
}

export type DemoOptions = { store?: 'mongo' | 'memory' }

/** An app, a simulated Stripe, a database and a browser, each its own. */
export const openDemo = async ({ store = 'mongo' }: DemoOptions = {}): Promise<Demo> => {
  const port = await freePort()
  const url = `http://localhost:${port}`
  const [stripe, browser] = await Promise.all([startStripe(`${url}/billing/webhook`), launchBrowser()])
  const env = {
    ...process.env,
    ...envOf(stripe),
    ...(await storeEnv(store)),
    NODE_ENV: 'development',
    PORT: `${port}`,
    APP_URL: url,
  }
  const [started] = await Promise.all([startApp(env, url), pushCatalog(stripe)])
  let app: App = started

  const stranger = async (options: BrowserContextOptions = {}) => {
    const context = await browser.newContext({ locale: 'en-US', ...options })
    context.setDefaultTimeout(15_000)
    return createVisitor(await context.newPage(), url)
  }
  return {
    url,
    stripe,
    stranger,
    visitor: async (name, options) => {
      const visitor = await stranger(options)
      await visitor.signsIn(name)
      return visitor
    },
    kill: () => app.kill(),
    start: async () => {
      app = await startApp(env, url)
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close()
      await app.stop()
      await stripe.close()
    },
  }
}

const storeEnv = async (store: 'mongo' | 'memory'): Promise<NodeJS.ProcessEnv> =>
  store === 'memory' ? { PAYWRIGHT_STORE: 'memory' } : { PAYWRIGHT_STORE: 'mongo', MONGODB_URI: await openDatabase() }
