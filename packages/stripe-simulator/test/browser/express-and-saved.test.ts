import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProviders, type Providers } from './support/open-providers.ts'

let world: Providers
beforeAll(async () => {
  world = await openProviders()
})
afterAll(() => world[Symbol.asyncDispose]())

const open = async (query: Record<string, string> = {}): Promise<Page> =>
  world.open({ page: 'deferred', memory: '', ...query })

type Event = { readonly type: string; readonly event: unknown }

const events = (page: Page): Promise<Event[]> =>
  page.evaluate(() => (window as unknown as { events: Event[] }).events.map(({ type, event }) => ({ type, event })))

const result = async (page: Page): Promise<string> => {
  const status = page.getByRole('status')
  await status.filter({ hasText: /\w/ }).waitFor()
  return (await status.textContent()) ?? ''
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']

const violations = async (page: Page, area: string): Promise<string[]> => {
  const found = await new AxeBuilder({ page }).include(area).withTags(tags).analyze()
  return found.violations.map(({ id }) => id)
}

describe('an express button in Elements', () => {
  it('says what it has, asks the page, and is paid from its sheet by keyboard', async () => {
    const page = await open()
    const button = page.getByRole('button', { name: 'Google Pay' })
    await button.focus()
    await page.keyboard.press('Enter')
    const sheet = page.getByRole('dialog', { name: 'Google Pay' })
    await sheet.getByText('$5.00').first().waitFor()
    expect(await violations(page, '.sim-challenge')).toEqual([])
    await page.keyboard.press('Enter')
    expect(await result(page)).toBe('succeeded')
    expect(await sheet.count()).toBe(0)
    expect(await button.evaluate((node) => node === document.activeElement)).toBe(true)
    expect(await events(page)).toMatchObject([
      { type: 'ready', event: { availablePaymentMethods: { googlePay: true, applePay: false } } },
      { type: 'click', event: 'google_pay' },
      { type: 'confirm', event: 'google_pay' },
    ])
    await page.context().close()
  })

  it('keeps its sheet open when the card is declined, with the reason', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'Google Pay' }).click()
    const sheet = page.getByRole('dialog')
    await sheet.getByLabel('Card').selectOption('4000000000009995')
    await sheet.getByRole('button', { name: 'Pay', exact: true }).click()
    await sheet.getByRole('alert').getByText('Your card has insufficient funds.').waitFor()
    await sheet.getByLabel('Card').selectOption('4000002760003184')
    await sheet.getByRole('button', { name: 'Pay', exact: true }).click()
    await page.getByRole('dialog', { name: 'Confirm this payment with your bank' }).waitFor()
    await page.getByRole('button', { name: 'Complete' }).click()
    await page.getByRole('status').getByText('succeeded').waitFor()
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.context().close()
  })

  it.each(['Cancel', 'Escape'])('is left by %s, and says so', async (way) => {
    const page = await open()
    await page.getByRole('button', { name: 'Google Pay' }).click()
    await page.getByRole('dialog').waitFor()
    if (way === 'Escape') await page.keyboard.press('Escape')
    else await page.getByRole('button', { name: 'Cancel' }).click()
    expect(await page.getByRole('dialog').count()).toBe(0)
    expect((await events(page)).map(({ type }) => type)).toEqual(['ready', 'click', 'cancel'])
    await page.context().close()
  })

  it('opens nothing when the page says no', async () => {
    const page = await open({ rejects: '' })
    await page.getByRole('button', { name: 'Google Pay' }).click()
    await expect.poll(async () => (await events(page)).map(({ type }) => type)).toEqual(['ready', 'click'])
    expect(await page.getByRole('dialog').count()).toBe(0)
    await page.context().close()
  })

  it('is not there when the page does not want it', async () => {
    const page = await open({ 'no-wallet': '' })
    await expect.poll(() => events(page)).toEqual([{ type: 'ready', event: { elementType: 'expressCheckout' } }])
    expect(await page.getByRole('button', { name: 'Google Pay' }).count()).toBe(0)
    await page.context().close()
  })
})

describe('an express button of a Checkout Session', () => {
  it('pays the session with what the wallet knows', async () => {
    const { stripe, prices } = world.shop
    const session = await stripe.checkout.sessions.create({
      ui_mode: 'elements',
      mode: 'payment',
      line_items: [{ price: prices.pack, quantity: 1 }],
    })
    const page = await world.open({ page: 'custom', express: '', secret: session.client_secret ?? '' })
    await page.getByRole('button', { name: 'Google Pay' }).click()
    await page.getByRole('dialog').getByText('$5.00').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Pay', exact: true }).click()
    expect(await result(page)).toBe('success complete')
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      status: 'complete',
      customer_details: { email: 'ada@example.com' },
    })
    await page.context().close()
  })
})

describe('saved cards in a Payment Element', () => {
  const cards = '4242424242424242,4000000000009995'

  it('offers them first, the newest chosen, and pays with it', async () => {
    const page = await open({ payment: '', cards })
    const newest = page.getByRole('radio', { name: /Visa.*ending in 4242/ })
    await newest.waitFor()
    expect(await newest.isChecked()).toBe(true)
    expect(await page.getByLabel('Card number').isVisible()).toBe(false)
    expect(await violations(page, '#root')).toEqual([])
    await page.getByRole('button', { name: 'Pay $5.00' }).click()
    expect(await result(page)).toBe('succeeded')
    await page.context().close()
  })

  it('is changed by the arrow keys, and the page hears which is chosen', async () => {
    const page = await open({ payment: '', cards })
    await page.getByRole('radio', { name: /4242/ }).focus()
    await page.keyboard.press('ArrowDown')
    expect(await page.getByRole('radio', { name: /9995/ }).isChecked()).toBe(true)
    await page.keyboard.press('Enter')
    expect(await result(page)).toBe('card_declined insufficient_funds')
    const changes = (await events(page)).filter(({ type }) => type === 'change')
    expect(changes.at(-1)?.event).toMatchObject({
      complete: true,
      value: { type: 'card', payment_method: { id: expect.stringMatching(/^pm_/), type: 'card' } },
    })
    await page.context().close()
  })

  it('lets another card be typed', async () => {
    const page = await open({ payment: '', cards })
    await page.getByRole('radio', { name: 'Another card' }).check()
    await page.getByLabel('Fill with a test card').selectOption('4242424242424242')
    await page.getByRole('button', { name: 'Pay $5.00' }).click()
    expect(await result(page)).toBe('succeeded')
    await page.context().close()
  })

  it('come from the simulator by the secret of a customer session', async () => {
    const { stripe, simulator } = world.shop
    const { id: customer } = await stripe.customers.create({ name: 'Ada' })
    const method = await stripe.paymentMethods.attach('pm_card_visa', { customer })
    await stripe.paymentMethods.update(method.id, { allow_redisplay: 'always' })
    const { client_secret } = await stripe.customerSessions.create({
      customer,
      components: { payment_element: { enabled: true, features: { payment_method_redisplay: 'enabled' } } },
    })
    const page = await world.open({ page: 'deferred' })
    await page.evaluate(
      ([key = '', customerSessionClientSecret = '']) => {
        const options = { mode: 'payment', amount: 500, currency: 'usd', customerSessionClientSecret } as const
        window.Stripe?.(key)?.elements(options).create('payment').mount('#root')
      },
      [simulator.keys.publishableKey, client_secret],
    )
    await page.getByRole('radio', { name: /Visa.*4242/ }).waitFor()
    await page.context().close()
  })
})

it('the host’s rules reach the parts that they name', async () => {
  const page = await open({ payment: '', rules: '' })
  const style = await page
    .getByLabel('Card number')
    .evaluate((node) => [
      getComputedStyle(node).borderRadius,
      getComputedStyle(node.closest('.sim-field')?.querySelector('label') as Element).textTransform,
    ])
  expect(style).toEqual(['0px', 'uppercase'])
  await page.context().close()
})
