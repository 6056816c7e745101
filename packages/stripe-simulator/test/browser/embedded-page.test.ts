import { AxeBuilder } from '@axe-core/playwright'
import type { FrameLocator, Page } from 'playwright-core'
import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProviders, type Providers } from './support/open-providers.ts'

let world: Providers
beforeAll(async () => {
  world = await openProviders()
})
afterAll(() => world[Symbol.asyncDispose]())

interface Opened {
  readonly page: Page
  readonly frame: FrameLocator
  now(): Promise<Stripe.Checkout.Session>
}

const open = async (
  given: Partial<Stripe.Checkout.SessionCreateParams> = {},
  query: Record<string, string> = {},
): Promise<Opened> => {
  const session = await world.shop.stripe.checkout.sessions.create({
    ui_mode: 'embedded_page',
    mode: 'payment',
    line_items: [{ price: world.shop.prices.pack, quantity: 1 }],
    return_url: `${world.site}/thanks?session={CHECKOUT_SESSION_ID}`,
    ...given,
  })
  const page = await world.open({ page: 'embedded', secret: session.client_secret ?? '', ...query })
  return {
    page,
    frame: page.frameLocator('iframe[title="Secure payment, simulated"]'),
    now: () => world.shop.stripe.checkout.sessions.retrieve(session.id),
  }
}

const fill = async (frame: FrameLocator, outcome: RegExp): Promise<void> => {
  await frame.getByRole('button', { name: 'Pay $5.00' }).waitFor()
  const email = frame.getByLabel('Email')
  if (await email.isVisible()) await email.fill('ada@example.com')
  await frame.getByText('Fill with a test card').click()
  await frame.getByRole('link', { name: outcome }).click()
}

const never = { redirect_on_completion: 'never', return_url: undefined as never } as const

describe('an embedded page, under react-stripe-js in StrictMode', () => {
  it('is paid in its frame and leads the page around it to the return URL', async () => {
    const { page, frame, now } = await open()
    await frame.getByText('Pay for 20 uses').waitFor()
    expect(await page.locator('iframe').count()).toBe(1)
    await fill(frame, /Payment succeeds/)
    await frame.getByRole('button', { name: 'Pay $5.00' }).click()
    await page.waitForURL(`${world.site}/thanks?session=${(await now()).id}`)
    expect(await now()).toMatchObject({ status: 'complete', payment_status: 'paid', url: null })
    await page.context().close()
  })

  it.each([
    ['never', never],
    ['if_required', { redirect_on_completion: 'if_required' }],
  ] as const)('tells the page and stays when it redirects: %s', async (_when, given) => {
    const { page, frame } = await open({ ...given, custom_text: undefined as never }, { fetch: '' })
    await fill(frame, /Payment succeeds/)
    await frame.getByRole('button', { name: 'Pay $5.00' }).click()
    await page.getByRole('status').getByText('complete').waitFor()
    await frame.getByRole('heading', { name: 'Thank you' }).waitFor()
    await page.context().close()
  })

  it('says why a card is declined, and takes another then', async () => {
    const { page, frame, now } = await open(never)
    await fill(frame, /Insufficient funds/)
    await frame.getByRole('button', { name: 'Pay $5.00' }).click()
    await frame.getByRole('alert').getByText('Your card has insufficient funds.').waitFor()
    expect((await now()).status).toBe('open')
    await fill(frame, /Payment succeeds/)
    await frame.getByRole('button', { name: 'Pay $5.00' }).click()
    await page.getByRole('status').getByText('complete').waitFor()
    await page.context().close()
  })

  it.each([
    ['Complete', 'complete'],
    ['Fail', 'open'],
  ])('asks the bank in the frame: %s', async (button, status) => {
    const { page, frame, now } = await open(never)
    await fill(frame, /3-D Secure, every time/)
    await frame.getByRole('button', { name: 'Pay $5.00' }).click()
    await frame.getByRole('heading', { name: 'Confirm this payment with your bank' }).waitFor()
    await frame.getByRole('button', { name: button }).click()
    if (status === 'open')
      await frame
        .getByRole('alert')
        .getByText(/unable to authenticate/)
        .waitFor()
    else await page.getByRole('status').getByText('complete').waitFor()
    expect((await now()).status).toBe(status)
    await page.context().close()
  })

  it('is as tall as what it shows', async () => {
    const { page, frame } = await open()
    await frame.getByLabel('Card number').waitFor()
    await expect
      .poll(() =>
        page.locator('iframe').evaluate((node) => Number.parseInt((node as HTMLIFrameElement).style.height, 10)),
      )
      .toBeGreaterThan(600)
    await page.context().close()
  })

  it('is reached and paid with the keyboard alone', async () => {
    const { page, frame } = await open(never)
    await frame.getByLabel('Email').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.type('ada@example.com')
    await page.keyboard.press('Tab')
    for (const typed of ['4242424242424242', '1234', '123', 'Ada']) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(typed)
    }
    await page.keyboard.press('Enter')
    await page.getByRole('status').getByText('complete').waitFor()
    await page.context().close()
  })

  it('axe finds nothing, in the page or in the frame', async () => {
    const { page, frame } = await open({ allow_promotion_codes: true })
    await frame.getByLabel('Card number').waitFor()
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
    const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
    expect(violations.map(({ id, nodes }) => `${id} ${nodes[0]?.html}`)).toEqual([])
    await page.context().close()
  })
})

it('a page for a frame is in no frame where its session is hosted', async () => {
  const { url } = await world.shop.stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{ price: world.shop.prices.pack, quantity: 1 }],
    success_url: 'https://example.com',
  })
  const { headers } = await fetch(url ?? '')
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
})

it('two embedded pages at once are one too many', async () => {
  const { page } = await open()
  await page.locator('iframe').waitFor()
  const refused = await page.evaluate(() =>
    (window as unknown as { stripe: { createEmbeddedCheckoutPage: (options: object) => Promise<unknown> } }).stripe
      .createEmbeddedCheckoutPage({ clientSecret: new URLSearchParams(location.search).get('secret') })
      .then(
        () => '',
        (cause: Error) => cause.message,
      ),
  )
  expect(refused).toBe('You cannot have multiple Embedded Checkout objects.')
  await page.context().close()
})
