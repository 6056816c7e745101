import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import Stripe from 'stripe'
import { createStripeSimulator, type StripeSimulator } from '../../../src/index.ts'
import { buildBrowser } from './build-browser.ts'
import { launchChromium } from './open-page.ts'

const bundle = async (): Promise<string> => {
  const entry = fileURLToPath(new URL('./load-page.ts', import.meta.url))
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife' })
  return outputFiles[0]?.text ?? ''
}

const serve = async (simulator: StripeSimulator): Promise<Server> => {
  const script = await bundle()
  const site = createServer(({ url }, response) => {
    const page = `<!doctype html><script src="${simulator.url}/stripe.js"></script><script src="/page.js"></script><body><div id="root"></div>`
    const [type, body] = url === '/page.js' ? ['text/javascript', script] : ['text/html', page]
    response.writeHead(200, { 'Content-Type': type }).end(body)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  return site
}

export interface OpenForm {
  readonly page: Page
  /** What the page's console complained about. */
  readonly warnings: string[]
  readonly id: string
  pay(): Promise<unknown>
  status(): Promise<string>
}

/** A shop of another origin, whose page loads Stripe.js from a running simulator. */
export interface Forms {
  readonly simulator: StripeSimulator
  readonly stripe: Stripe
  /** A fresh page with a Payment Element over a fresh intent. */
  open(terms: { readonly amount: number; readonly currency: string }): Promise<OpenForm>
  close(): Promise<void>
}

type Mount = (key: string, secret: string) => Promise<(url: string) => unknown>

const mount = async (browser: Browser, address: string, secrets: readonly [string, string]) => {
  const page = await browser.newPage({ locale: 'en-US' })
  const warnings: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'info') warnings.push(message.text())
  })
  await page.goto(address)
  const form = await page.evaluateHandle(
    ([key, secret]) => (window as unknown as { mountForm: Mount }).mountForm(key, secret),
    secrets,
  )
  await page.getByLabel('Card number').waitFor()
  return { page, warnings, pay: () => form.evaluate((confirm) => confirm(window.location.href)) }
}

export const openForms = async (): Promise<Forms> => {
  await buildBrowser()
  const simulator = await createStripeSimulator()
  const stripe = new Stripe(simulator.keys.secretKey, { host: '127.0.0.1', port: simulator.port, protocol: 'http' })
  const [site, browser] = await Promise.all([serve(simulator), launchChromium()])
  const address = `http://127.0.0.1:${(site.address() as AddressInfo).port}/`
  return {
    simulator,
    stripe,
    open: async (terms) => {
      const { id, client_secret } = await stripe.paymentIntents.create(terms)
      const form = await mount(browser, address, [simulator.keys.publishableKey, client_secret ?? ''])
      return { ...form, id, status: async () => (await stripe.paymentIntents.retrieve(id)).status }
    },
    close: async () => {
      await browser.close()
      await simulator.close()
      site.close()
    },
  }
}

export const pickCard = (page: Page, number: string) => page.getByLabel('Fill with a test card').selectOption(number)
