import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import type Stripe from 'stripe'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openProviders, type Providers } from './support/open-providers.ts'

let world: Providers
beforeAll(async () => {
  world = await openProviders()
})
afterAll(() => world[Symbol.asyncDispose]())

const openSession = (given: Partial<Stripe.Checkout.SessionCreateParams> = {}) =>
  world.shop.stripe.checkout.sessions.create({
    ui_mode: 'elements',
    mode: 'payment',
    allow_promotion_codes: true,
    line_items: [{ price: world.shop.prices.pack, quantity: 1, adjustable_quantity: { enabled: true } }],
    ...given,
  })

const openForm = async (
  query: Record<string, string> = {},
  given: Partial<Stripe.Checkout.SessionCreateParams> = {},
) => {
  const session = await openSession(given)
  const page = await world.open({ page: 'custom', secret: session.client_secret ?? '', ...query })
  await page.getByLabel('Card number').waitFor()
  return { page, session, now: () => world.shop.stripe.checkout.sessions.retrieve(session.id) }
}

const fill = (page: Page, number: string) => page.getByLabel('Fill with a test card').selectOption(number)

const tell = async (page: Page): Promise<void> => {
  await page.getByLabel('Email').fill('ada@example.com')
  await page.getByLabel('Email').blur()
}

const result = async (page: Page): Promise<string> => {
  const status = page.getByRole('status')
  await status.filter({ hasText: /\w/ }).waitFor()
  return (await status.textContent()) ?? ''
}

const total = (page: Page, amount: string) => page.locator('.total').getByText(amount, { exact: true }).waitFor()

describe('a Checkout Session of elements, under react-stripe-js in StrictMode', () => {
  it('can be confirmed once it knows who pays and with what, and is paid', async () => {
    const { page, now } = await openForm()
    await total(page, '$5.00')
    expect(await page.getByText('not ready').count()).toBe(1)
    await tell(page)
    await fill(page, '4242424242424242')
    await page.getByText(', ready').waitFor()
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    expect(await result(page)).toBe('success complete')
    expect(await now()).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      customer_details: { email: 'ada@example.com' },
    })
    await page.context().close()
  })

  it('is changed from the page: a code, its removal, how many', async () => {
    const { page } = await openForm()
    await page.getByRole('button', { name: 'Apply' }).click()
    await total(page, '$4.00')
    await page.getByRole('button', { name: 'Take it off' }).click()
    await total(page, '$5.00')
    await page.getByRole('button', { name: 'Three of it' }).click()
    await total(page, '$15.00')
    await page.context().close()
  })

  it('says why a code is refused', async () => {
    const { page } = await openForm({}, { allow_promotion_codes: false })
    await page.getByRole('button', { name: 'Apply' }).click()
    expect(await result(page)).toBe('invalidCode This code is invalid.')
    await page.context().close()
  })

  it('says why a card is declined, and takes another then', async () => {
    const { page, now } = await openForm()
    await tell(page)
    await fill(page, '4000000000009995')
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    expect(await result(page)).toBe('paymentFailed Your card has insufficient funds.')
    expect((await now()).status).toBe('open')
    await fill(page, '4242424242424242')
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    await page.getByText('success complete').waitFor()
    await page.context().close()
  })

  it.each([
    ['Complete', 'success complete', 'complete'],
    ['Fail', 'paymentFailed We are unable to authenticate your payment method.', 'open'],
  ])('asks the bank in a dialog: %s', async (button, said, status) => {
    const { page, now } = await openForm()
    await tell(page)
    await fill(page, '4000002760003184')
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    await page.getByRole('dialog').getByText('$5.00').waitFor()
    await page.getByRole('button', { name: button }).click()
    expect(await result(page)).toContain(said)
    expect((await now()).status).toBe(status)
    await page.context().close()
  })

  it('leaves for its return URL when it always redirects', async () => {
    const return_url = `${world.site}/back?session={CHECKOUT_SESSION_ID}`
    const { page, session } = await openForm({ always: '' }, { return_url })
    await tell(page)
    await fill(page, '4242424242424242')
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    await page.waitForURL(`${world.site}/back?session=${session.id}`)
    await page.context().close()
  })

  it('begins a subscription', async () => {
    const { page, now } = await openForm(
      {},
      { mode: 'subscription', line_items: [{ price: world.shop.prices.starter, quantity: 1 }] },
    )
    await tell(page)
    await fill(page, '4242424242424242')
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    expect(await result(page)).toBe('success complete')
    expect((await now()).subscription).toMatch(/^sub_/)
    await page.context().close()
  })

  it('hears the billing address from its element', async () => {
    const { page, now } = await openForm({ billing: '' })
    await page.getByLabel('Full name').fill('Ada Lovelace')
    await page.getByLabel('Address', { exact: true }).fill('1 Analytical Way')
    await page.getByLabel('City').fill('New York')
    await page.getByLabel('Postal code').fill('10001')
    await tell(page)
    await fill(page, '4242424242424242')
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    expect(await result(page)).toBe('success complete')
    expect((await now()).customer_details).toMatchObject({ name: 'Ada Lovelace' })
    await page.context().close()
  })

  it('keeps a card when the buyer wants it, and offers it the next time', async () => {
    const customer = await world.shop.stripe.customers.create({ email: 'ada@example.com' })
    const given = { customer: customer.id, saved_payment_method_options: { payment_method_save: 'enabled' } } as const
    const first = await openForm({}, given)
    await fill(first.page, '4242424242424242')
    await first.page.getByLabel('Save this card for the next time').check()
    await first.page.getByRole('button', { name: 'Pay', exact: true }).click()
    expect(await result(first.page)).toBe('success complete')
    await first.page.context().close()

    const session = await openSession(given)
    const page = await world.open({ page: 'custom', secret: session.client_secret ?? '' })
    await page.getByRole('radio', { name: /Visa.*ending in 4242/ }).waitFor()
    await page.getByText(', ready').waitFor()
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    expect(await result(page)).toBe('success complete')
    await page.context().close()
  })

  it('shows what is wrong with its secret', async () => {
    const page = await world.open({ page: 'custom', secret: 'cs_test_none_secret_none' })
    await page.getByRole('alert').getByText('No such checkout.session').waitFor()
    await page.context().close()
  })

  it('is paid with the keyboard alone, and axe finds nothing', async () => {
    const { page } = await openForm({ express: '' })
    await page.getByLabel('Email').focus()
    await page.keyboard.type('ada@example.com')
    for (let index = 0; index < 4; index += 1) await page.keyboard.press('Tab')
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Google Pay')
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const { violations } = await new AxeBuilder({ page }).include('.sim-payment').withTags(tags).analyze()
    expect(violations.map(({ id }) => id)).toEqual([])
    for (let index = 0; index < 2; index += 1) await page.keyboard.press('Tab')
    for (const typed of ['4242424242424242', '1234', '123']) {
      await page.keyboard.type(typed)
      await page.keyboard.press('Tab')
    }
    await page.keyboard.press('Tab')
    await page.keyboard.type('10001')
    await page.keyboard.press('Enter')
    expect(await result(page)).toBe('success complete')
    await page.context().close()
  })
})

describe('the same without a server', () => {
  it.each([
    ['4242424242424242', 'success complete'],
    ['4000000000000002', 'paymentFailed Your card was declined.'],
  ])('with %s: %s', async (number, said) => {
    const page = await world.open({ page: 'custom', memory: '' })
    await page.getByLabel('Card number').waitFor()
    await page.getByRole('button', { name: 'Three of it' }).click()
    await total(page, '$15.00')
    await tell(page)
    await fill(page, number)
    await page.getByRole('button', { name: 'Pay', exact: true }).click()
    expect(await result(page)).toBe(said)
    await page.context().close()
  })
})
