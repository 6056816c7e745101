import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Browser, chromium, type Page } from 'playwright-core'
import { bundlePage, serveSite } from './host-site.ts'

/** A host whose CSS is as careless as CSS gets, under a policy that forbids inline styles. */
const html = `<!doctype html><html lang="en"><title>Host</title><link rel="stylesheet" href="/host.css">
<body><main id="root"></main><script src="/page.js"></script></body></html>`
const css = `#root input { border: 9px solid red; width: 3px; } #root label { display: none; } p { color: lime; }`
const policy = "default-src 'self'"

const serve = (script: string): Promise<Server> => {
  const files = { '/page.js': ['text/javascript', script], '/host.css': ['text/css', css] } as const
  return serveSite({ html, files, headers: { 'Content-Security-Policy': policy } })
}

export const launchChromium = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
  })

export interface Host {
  /** A fresh page of the host: `strict`, `promise`, `setup`, `challenge-elsewhere`. */
  open(query?: string, locale?: string): Promise<Page>
  close(): Promise<void>
}

export const openHost = async (): Promise<Host> => {
  const [browser, server] = await Promise.all([
    launchChromium(),
    bundlePage(new URL('./payment-page.tsx', import.meta.url)).then(serve),
  ])
  const { port } = server.address() as AddressInfo
  return {
    open: async (query = '', locale = 'en-US') => {
      const context = await browser.newContext({ locale })
      const page = await context.newPage()
      await page.goto(`http://127.0.0.1:${port}/?${query}`)
      await page.locator('.sim-payment').waitFor()
      return page
    },
    close: async () => {
      await browser.close()
      server.close()
    },
  }
}
