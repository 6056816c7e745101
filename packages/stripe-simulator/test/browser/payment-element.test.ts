import { AxeBuilder } from '@axe-core/playwright'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { eventTypes, pay, typeCard } from './support/acts.ts'
import { type Host, openHost } from './support/open-page.ts'

let host: Host
beforeAll(async () => {
  host = await openHost()
})
afterAll(() => host.close())

describe('the Payment Element under react-stripe-js', () => {
  it.each([
    ['an object', ''],
    ['an object in StrictMode', 'strict'],
    ['a promise', 'promise'],
    ['a promise in StrictMode', 'promise&strict'],
  ])('starts and is ready exactly once when Stripe is %s', async (_, query) => {
    const page = await host.open(query)
    await page.getByLabel('Card number').fill('4242424242424242')
    expect(await eventTypes(page)).toEqual(['loaderstart', 'ready', 'focus', 'change'])
    expect(await page.locator('.sim-payment').count()).toBe(1)
    await page.context().close()
  })

  it('tells of each step that somebody takes, once', async () => {
    const page = await host.open('strict&promise')
    await typeCard(page, '4242424242424242')
    await page.getByLabel('ZIP code').fill('1000')
    await page.getByLabel('ZIP code').fill('1000')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Pay $5.00' }).focus()

    const told = await page.evaluate(() => window.harness.events)
    const changes = told.filter(({ type }) => type === 'change').map(({ event }) => event)
    expect(changes).toMatchObject([
      { elementType: 'payment', empty: false, complete: false, collapsed: false, value: { type: 'card' } },
      { empty: false, complete: true, value: { billingDetails: { address: { country: 'US', postalCode: '10001' } } } },
      { complete: false, value: { billingDetails: { address: { postalCode: '1000' } } } },
    ])
    expect(told.map(({ type }) => type).filter((type) => type !== 'change')).toEqual([
      'loaderstart',
      'ready',
      'focus',
      'escape',
      'blur',
    ])
    await page.context().close()
  })

  it('leaves nothing behind when it goes, and comes back', async () => {
    const page = await host.open('strict')
    const sheets = () => page.evaluate(() => document.adoptedStyleSheets.length)
    expect(await sheets()).toBe(1)

    await page.evaluate(() => window.harness.show(false))
    await page.locator('.sim-payment').waitFor({ state: 'detached' })
    expect(await sheets()).toBe(0)

    await page.evaluate(() => window.harness.show(true))
    await page.getByLabel('Card number').waitFor()
    expect(await sheets()).toBe(1)
    await page.context().close()
  })

  it('groups the number as it is typed, keeps the caret, and names the brand', async () => {
    const page = await host.open()
    const number = page.getByLabel('Card number')
    await number.pressSequentially('42424242424')
    expect(await number.inputValue()).toBe('4242 4242 424')
    await number.evaluate((input: HTMLInputElement) => input.setSelectionRange(2, 2))
    await page.keyboard.type('9')
    expect(await number.inputValue()).toBe('4294 2424 2424')
    expect(await number.evaluate((input: HTMLInputElement) => input.selectionStart)).toBe(3)
    await number.fill('378282246310005')
    expect(await number.inputValue()).toBe('3782 822463 10005')
    expect(await page.getByText('Amex', { exact: true }).isVisible()).toBe(true)
    expect(await number.getAttribute('autocomplete')).toBe('cc-number')
    expect(await number.getAttribute('inputmode')).toBe('numeric')
    await page.context().close()
  })

  it('says what is wrong beside the field, and takes the focus there', async () => {
    const page = await host.open()
    await typeCard(page, '4242424242424241')
    await pay(page)
    const number = page.getByRole('textbox', { name: 'Card number', description: /Your card number is invalid\./ })
    await number.waitFor()
    expect(await number.getAttribute('aria-invalid')).toBe('true')
    expect(await number.evaluate((input) => input === document.activeElement)).toBe(true)
    expect(await page.getByRole('status').textContent()).toBe('validation_error invalid_number')

    await number.fill('4242424242424242')
    expect(await page.getByText('Your card number is invalid.').count()).toBe(0)
    await page.context().close()
  })

  it('names every field that an empty form lacks', async () => {
    const page = await host.open()
    await pay(page)
    await page.getByText('Your card number is incomplete.').waitFor()
    for (const problem of ["Your card's expiration date is incomplete.", "Your card's security code is incomplete."]) {
      expect(await page.getByText(problem).isVisible()).toBe(true)
    }
    expect(await page.getByText('Your postal code is incomplete.').isVisible()).toBe(true)
    await page.context().close()
  })

  it('asks for a postal code only where banks check one', async () => {
    const page = await host.open()
    expect(await page.getByLabel('ZIP code').isVisible()).toBe(true)
    await page.getByLabel('Country').selectOption('DE')
    expect(await page.getByLabel('Postal code').isVisible()).toBe(false)
    await page.getByLabel('Country').selectOption('GB')
    expect(await page.getByLabel('Postal code').isVisible()).toBe(true)
    await page.context().close()
  })

  it('fills itself with a test card', async () => {
    const page = await host.open()
    await page.getByLabel('Fill with a test card').selectOption({ label: 'Card declined · 0002' })
    expect(await page.getByLabel('Card number').inputValue()).toBe('4000 0000 0000 0002')
    await pay(page)
    await page.getByText('card_error card_declined generic_decline').waitFor()
    await page.context().close()
  })

  it('speaks German in a German browser', async () => {
    const page = await host.open('', 'de-DE')
    await page.getByLabel('Kartennummer').waitFor()
    expect(await page.getByLabel('Land').inputValue()).toBe('DE')
    await page.context().close()
  })
})

describe('its looks', () => {
  it("are its own under the host's CSS and a policy without inline styles", async () => {
    const page = await host.open()
    const label = page.getByText('Card number', { exact: true })
    expect(await label.isVisible()).toBe(true)
    const { width } = (await page.getByLabel('Card number').boundingBox()) ?? { width: 0 }
    expect(width).toBeGreaterThan(200)
    expect(await page.getByLabel('Card number').evaluate((input) => getComputedStyle(input).borderTopWidth)).toBe('1px')
    await page.context().close()
  })

  it('follow a changed appearance, and keep what was typed', async () => {
    const page = await host.open('strict')
    await page.getByLabel('Card number').pressSequentially('4242')
    await page.evaluate(() =>
      window.harness.change({
        mode: 'payment',
        amount: 900,
        currency: 'usd',
        appearance: { theme: 'night', variables: { colorBackground: 'rgb(1, 2, 3)', borderRadius: '17px' } },
      }),
    )
    const number = page.getByLabel('Card number')
    await page.locator('.sim-payment[data-theme=night]').waitFor()
    const style = await number.evaluate((input) => {
      const { backgroundColor, borderTopLeftRadius } = getComputedStyle(input)
      return { backgroundColor, borderTopLeftRadius }
    })
    expect(style).toEqual({ backgroundColor: 'rgb(1, 2, 3)', borderTopLeftRadius: '17px' })
    expect(await number.inputValue()).toBe('4242')
    expect(await number.evaluate((input) => input === document.activeElement)).toBe(true)
    await page.context().close()
  })

  it('change language when they are told to', async () => {
    const page = await host.open()
    await page.getByLabel('Card number').pressSequentially('4242')
    await page.evaluate(() => window.harness.change({ mode: 'payment', amount: 500, currency: 'usd', locale: 'de' }))
    await page.getByLabel('Kartennummer').waitFor()
    expect(await page.getByLabel('Kartennummer').inputValue()).toBe('4242')
    await page.context().close()
  })
})

describe('its accessibility', () => {
  it.each(['stripe', 'night', 'flat'] as const)('holds in the theme %s, empty, wrong and challenged', async (theme) => {
    const page = await host.open()
    await page.evaluate(
      (theme) => window.harness.change({ mode: 'payment', amount: 500, currency: 'usd', appearance: { theme } }),
      theme,
    )
    await page.locator(`.sim-payment[data-theme=${theme}]`).waitFor()
    await page.evaluate((isDark) => {
      document.body.style.background = isDark ? '#15181d' : '#ffffff'
    }, theme === 'night')
    const violations = async (within: string) => {
      const axe = new AxeBuilder({ page }).include(within).options({ rules: { 'target-size': { enabled: true } } })
      return (await axe.analyze()).violations.map(
        ({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`,
      )
    }
    expect(await violations('.sim-payment')).toEqual([])
    await pay(page)
    await page.getByText('Your card number is incomplete.').waitFor()
    expect(await violations('.sim-payment')).toEqual([])
    await page.getByLabel('Fill with a test card').selectOption('4000002760003184')
    await pay(page)
    await page.getByRole('dialog').waitFor()
    expect(await violations('.sim-challenge')).toEqual([])
    await page.context().close()
  })
})
