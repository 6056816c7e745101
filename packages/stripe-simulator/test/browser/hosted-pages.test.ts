import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openCheckout, openShop, type Shop, subscribe } from '../pages/support/open-shop.ts'
import { buildBrowser } from './support/build-browser.ts'
import { launchChromium } from './support/open-page.ts'

let shop: Shop
let browser: Browser
beforeAll(async () => {
  await buildBrowser()
  shop = await openShop()
  browser = await launchChromium()
})
afterAll(async () => {
  await browser.close()
  await shop[Symbol.asyncDispose]()
})

const visit = async (url: string | null, options: Parameters<Browser['newPage']>[0] = {}): Promise<Page> => {
  const context = await browser.newContext(options)
  const page = await context.newPage()
  page.setDefaultTimeout(5000)
  await page.goto(url ?? '')
  return page
}

const fillWith = async (page: Page, outcome: RegExp): Promise<void> => {
  await page.getByText('Fill with a test card').click()
  await page.getByRole('link', { name: outcome }).click()
}

const enterPortal = async () => {
  const { customer } = await subscribe(shop, shop.prices.starter)
  return shop.stripe.billingPortal.sessions.create({ customer: String(customer), return_url: `${shop.site}/account` })
}

describe('a customer in a browser', () => {
  it('is declined, asked by the bank, and subscribed', async () => {
    const { url, id } = await openCheckout(shop, shop.prices.growth)
    const page = await visit(url)
    await page.getByLabel('Email').fill('alice@example.com')
    await fillWith(page, /Insufficient funds/)
    expect(await page.getByLabel('Email').inputValue()).toBe('alice@example.com')
    await page.getByRole('button', { name: 'Subscribe' }).click()
    await page.getByRole('alert').getByText('Your card has insufficient funds.').waitFor()

    await fillWith(page, /3-D Secure, every time/)
    await page.getByRole('button', { name: 'Subscribe' }).click()
    await page.getByRole('heading', { name: 'Confirm this payment with your bank' }).waitFor()
    await page.getByRole('button', { name: 'Complete' }).click()
    await page.waitForURL(`${shop.site}/thanks?session=${id}`)
    await page.context().close()
  })

  it('pays with the keyboard alone', async () => {
    const { url } = await openCheckout(shop, shop.prices.pack, { mode: 'payment' })
    const page = await visit(url)
    await page.getByLabel('Email').focus()
    await page.keyboard.type('alice@example.com')
    await page.getByLabel('Card number').focus()
    for (const typed of ['4242424242424242', '1234', '123', 'Alice']) {
      await page.keyboard.type(typed)
      await page.keyboard.press('Tab')
    }
    expect(
      await page.getByRole('button', { name: 'Pay $5.00' }).evaluate((node) => node === document.activeElement),
    ).toBe(true)
    await page.getByLabel('Name on card').press('Enter')
    await page.waitForURL(`${shop.site}/thanks*`)
    await page.context().close()
  })

  it('has the total follow the delivery that they choose, and keeps what they typed', async () => {
    const rates = [0, 1500].map((amount) => ({
      shipping_rate_data: { display_name: `Post ${amount}`, fixed_amount: { amount, currency: 'usd' } },
    }))
    const { url } = await openCheckout(shop, shop.prices.pack, { mode: 'payment', shipping_options: rates })
    const page = await visit(url)
    await page.getByLabel('Email').fill('alice@example.com')
    await page.getByRole('radio', { name: /Post 1500/ }).check()
    await page.getByRole('button', { name: 'Pay $20.00' }).waitFor()
    expect(await page.getByLabel('Email').inputValue()).toBe('alice@example.com')
    await page.context().close()
  })

  it('pays without any script', async () => {
    const { url } = await openCheckout(shop, shop.prices.pack, { mode: 'payment' })
    const page = await visit(url, { javaScriptEnabled: false })
    await fillWith(page, /Payment succeeds/)
    await page.getByLabel('Email').fill('alice@example.com')
    await page.getByRole('button', { name: 'Pay $5.00' }).click()
    await page.waitForURL(`${shop.site}/thanks*`)
    await page.context().close()
  })

  it('cancels in the portal, stays after all, and switches', async () => {
    const { url } = await enterPortal()
    const page = await visit(url)
    await page.getByRole('link', { name: 'Cancel Starter' }).click()
    await page.getByRole('button', { name: 'Cancel Starter' }).click()
    await page.getByText(/Cancels on/).waitFor()
    await page.getByRole('button', { name: "Don't cancel Starter" }).click()
    await page.getByText(/Next billing date/).waitFor()
    await page.getByRole('link', { name: 'Switch plan' }).click()
    await page.getByRole('radio', { name: /Growth/ }).check()
    await page.getByRole('button', { name: 'See what changes' }).click()
    await page.getByText('Due today').waitFor()
    await page.getByRole('button', { name: 'Switch to Growth' }).click()
    await page.getByRole('status').getByText('You are on Growth now.').waitFor()
    await page.getByRole('link', { name: 'Return to the shop' }).click()
    await page.waitForURL(`${shop.site}/account`)
    await page.context().close()
  })
})

describe('every page, light and dark, narrow and wide', () => {
  const addresses = async (): Promise<Record<string, string>> => {
    const checkout = await openCheckout(shop, shop.prices.growth, { allow_promotion_codes: true })
    const asking = await openCheckout(shop, shop.prices.pack, {
      mode: 'payment',
      line_items: [{ price: shop.prices.pack, quantity: 1, adjustable_quantity: { enabled: true } }],
      phone_number_collection: { enabled: true },
      shipping_address_collection: { allowed_countries: ['US'] },
      shipping_options: [
        { shipping_rate_data: { display_name: 'Post', fixed_amount: { amount: 300, currency: 'usd' } } },
      ],
      optional_items: [{ price: shop.prices.pack, quantity: 1 }],
      custom_fields: [{ key: 'note', label: { type: 'custom', custom: 'Gift note' }, type: 'text' }],
      consent_collection: { promotions: 'auto' },
      custom_text: { submit: { message: 'Sent within two days.' } },
    })
    const { url } = await enterPortal()
    const [subscription] = shop.simulator.objects('subscription')
    const intent = await shop.stripe.paymentIntents.create({
      amount: 1500,
      currency: 'usd',
      payment_method: 'pm_card_authenticationRequired',
      confirm: true,
      return_url: shop.site,
    })
    return {
      checkout: checkout.url ?? '',
      asking: asking.url ?? '',
      portal: url,
      cancel: `${url}/subscriptions/${subscription?.id}/cancel`,
      switch: `${url}/subscriptions/${subscription?.id}/switch?price=${shop.prices.growth}`,
      card: `${url}/payment-method`,
      challenge: intent.next_action?.redirect_to_url?.url ?? '',
      invoice: `${shop.simulator.url}/_simulator/invoice/${subscription?.latest_invoice}`,
      desk: `${shop.simulator.url}/_simulator`,
    }
  }

  it.each([
    ['light', 1280],
    ['dark', 320],
  ] as const)(
    'passes WCAG 2.2 AA and does not scroll sideways: %s, %i px',
    { timeout: 90_000 },
    async (colorScheme, width) => {
      const page = await visit('about:blank', { colorScheme, viewport: { width, height: 800 } })
      const found: Record<string, unknown> = {}
      for (const [name, url] of Object.entries(await addresses())) {
        await page.goto(url)
        const { violations } = await new AxeBuilder({ page })
          .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
          .options({ rules: { 'target-size': { enabled: true } } })
          .analyze()
        const isWide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)
        const problems = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join(', ')}`)
        if (problems.length > 0 || isWide) found[name] = { problems, isWide }
      }
      expect(found).toEqual({})
      await page.context().close()
    },
  )
})
