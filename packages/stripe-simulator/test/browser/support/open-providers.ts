import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { openShop, type Shop } from '../../pages/support/open-shop.ts'
import { buildBrowser } from './build-browser.ts'
import { bundlePage, serveSite } from './host-site.ts'
import { launchChromium } from './open-page.ts'

const html = (stripeJs: string): string => `<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
<title>Host</title><style>body{margin:16px;font:16px system-ui} form{display:grid;gap:16px;max-width:28rem}</style>
<script src="${stripeJs}"></script>
<body><main><h1>Host</h1><div id="root"></div></main><script src="/page.js"></script></body></html>`

const serve = (script: string, stripeJs: string): Promise<Server> =>
  serveSite({ html: html(stripeJs), files: { '/page.js': ['text/javascript', script] } })

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
    bundlePage(new URL('./providers-page.tsx', import.meta.url)).then((script) =>
      serve(script, `${shop.simulator.url}/stripe.js`),
    ),
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
