import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openShop, type Shop } from '../../pages/support/open-shop.ts'
import { buildBrowser } from './build-browser.ts'
import { launchChromium } from './open-page.ts'

const bundle = async (): Promise<string> => {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL('./providers-page.tsx', import.meta.url))],
    bundle: true,
    write: false,
    format: 'iife',
    jsx: 'automatic',
    define: { 'process.env.NODE_ENV': '"development"' },
  })
  return outputFiles[0]?.text ?? ''
}

const html = (stripeJs: string): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Host</title><style>body{margin:16px;font:16px system-ui} form{display:grid;gap:16px;max-width:28rem}</style>
<script src="${stripeJs}"></script>
<body><main><h1>Host</h1><div id="root"></div></main><script src="/page.js"></script></body></html>`

const serve = (script: string, stripeJs: string): Promise<Server> =>
  new Promise((resolve) => {
    const server = createServer(({ url }, response) => {
      const [type, body] = url === '/page.js' ? ['text/javascript', script] : ['text/html', html(stripeJs)]
      response.writeHead(200, { 'Content-Type': type }).end(body)
    })
    server.listen(0, '127.0.0.1', () => resolve(server))
  })

/** A simulator with a shop in it, and a host's site on another origin that shows Stripe's providers. */
export interface Providers extends AsyncDisposable {
  readonly shop: Shop
  readonly site: string
  open(query: Readonly<Record<string, string>>, options?: BrowserContextOptions): Promise<Page>
}

export const openProviders = async (): Promise<Providers> => {
  await buildBrowser()
  const shop = await openShop()
  const [browser, server]: [Browser, Server] = await Promise.all([
    launchChromium(),
    bundle().then((script) => serve(script, `${shop.simulator.url}/stripe.js`)),
  ])
  const site = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    shop,
    site,
    open: async (query, options = {}) => {
      const context = await browser.newContext({ locale: 'en-US', ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(8000)
      const search = new URLSearchParams({ key: shop.simulator.keys.publishableKey, ...query })
      await page.goto(`${site}/?${search}`)
      return page
    },
    [Symbol.asyncDispose]: async () => {
      await browser.close()
      await shop[Symbol.asyncDispose]()
      server.close()
    },
  }
}
