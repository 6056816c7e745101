import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import type { Browser, Page } from 'playwright-core'
import Stripe from 'stripe'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createStripeSimulator, type StripeSimulator } from '../../src/index.ts'
import { buildBrowser } from './support/build-browser.ts'
import { launchChromium } from './support/open-page.ts'

let simulator: StripeSimulator
let stripe: Stripe
let site: Server
let browser: Browser

const bundle = async (): Promise<string> => {
  const entry = fileURLToPath(new URL('./support/load-page.ts', import.meta.url))
  const { outputFiles } = await build({ entryPoints: [entry], bundle: true, write: false, format: 'iife' })
  return outputFiles[0]?.text ?? ''
}

beforeAll(async () => {
  await buildBrowser()
  simulator = await createStripeSimulator()
  stripe = new Stripe(simulator.keys.secretKey, { host: '127.0.0.1', port: simulator.port, protocol: 'http' })
  const script = await bundle()
  site = createServer(({ url }, response) => {
    const page = `<!doctype html><script src="${simulator.url}/stripe.js"></script><script src="/page.js"></script><body><div id="root"></div>`
    const [type, body] = url === '/page.js' ? ['text/javascript', script] : ['text/html', page]
    response.writeHead(200, { 'Content-Type': type }).end(body)
  })
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  browser = await launchChromium()
})

afterAll(async () => {
  await browser.close()
  await simulator.close()
  site.close()
})

const openForm = async (): Promise<{
  page: Page
  warnings: string[]
  pay: () => Promise<unknown>
  status: () => Promise<string>
}> => {
  const intent = await stripe.paymentIntents.create({ amount: 4200, currency: 'eur' })
  const page = await browser.newPage({ locale: 'en-US' })
  const warnings: string[] = []
  page.on('console', (message) => {
    if (message.type() !== 'info') warnings.push(message.text())
  })
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
  const form = await page.evaluateHandle(
    ([key, secret]) =>
      (
        window as unknown as { mountForm: (key: string, secret: string) => Promise<(url: string) => unknown> }
      ).mountForm(key, secret),
    [simulator.keys.publishableKey, intent.client_secret ?? ''] as const,
  )
  await page.getByLabel('Card number').waitFor()
  return {
    page,
    warnings,
    pay: () => form.evaluate((confirm) => confirm(window.location.href)),
    status: async () => (await stripe.paymentIntents.retrieve(intent.id)).status,
  }
}

const pick = (page: Page, number: string) => page.getByLabel('Fill with a test card').selectOption(number)

it('loadStripe takes the Stripe.js of the simulator, without a warning, and pays across origins', async () => {
  const { page, warnings, pay, status } = await openForm()
  await pick(page, '4242424242424242')
  expect(await pay()).toMatchObject({ paymentIntent: { status: 'succeeded', amount: 4200, currency: 'eur' } })
  expect(await status()).toBe('succeeded')
  expect(warnings).toEqual([])
  await page.context().close()
})

it('a decline comes back in Stripe’s words, and the same form pays then', async () => {
  const { page, pay, status } = await openForm()
  await pick(page, '4000000000009995')
  expect(await pay()).toMatchObject({
    error: {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
      payment_intent: { status: 'requires_payment_method' },
    },
  })
  await pick(page, '4242424242424242')
  await pay()
  expect(await status()).toBe('succeeded')
  await page.context().close()
})

it.each([
  ['Complete', 'succeeded', undefined],
  ['Fail', 'requires_payment_method', 'payment_intent_authentication_failure'],
])('a challenge that ends in %s leaves the intent %s', async (button, expected, code) => {
  const { page, pay, status } = await openForm()
  await pick(page, '4000002760003184')
  const paid = pay()
  await page.getByRole('dialog').getByText('€42.00').waitFor()
  await page.getByRole('button', { name: button }).click()
  expect(await paid).toMatchObject(code === undefined ? { paymentIntent: { status: expected } } : { error: { code } })
  expect(await status()).toBe(expected)
  await page.context().close()
})

it('an intent that is not there is a load error, not an empty form', async () => {
  const { page } = await openForm()
  const error = await page.evaluate(
    (key) =>
      new Promise<unknown>((resolve) => {
        const elements = window.Stripe?.(key)?.elements({ clientSecret: 'pi_none_secret_none' })
        const element = elements?.create('payment')
        element?.on('loaderror', (event) => resolve(event.error.code))
        element?.mount('#root')
      }),
    simulator.keys.publishableKey,
  )
  expect(error).toBe('resource_missing')
  await page.context().close()
})

it('Stripe.js weighs at most 25 KB, gzipped', async () => {
  const script = await (await fetch(`${simulator.url}/stripe.js`)).text()
  expect(gzipSync(script).byteLength).toBeLessThanOrEqual(25 * 1024)
})
