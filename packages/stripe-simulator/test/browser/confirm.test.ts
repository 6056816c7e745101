import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { outcome, pay, typeCard } from './support/acts.ts'
import { type Host, openHost } from './support/open-page.ts'

let host: Host
beforeAll(async () => {
  host = await openHost()
})
afterAll(() => host.close())

describe('confirmPayment with a card of the test mode', () => {
  it.each([
    ['4242424242424242', 'succeeded'],
    ['4000000000000002', 'card_error card_declined generic_decline'],
    ['4000000000000069', 'card_error expired_card'],
  ])('ends %s in: %s', async (number, expected) => {
    const page = await host.open('strict&promise')
    await typeCard(page, number)
    await pay(page)
    expect(await outcome(page)).toBe(expected)
    await page.context().close()
  })

  it('is confirmed by Enter in a field, as in any form', async () => {
    const page = await host.open()
    await typeCard(page, '4242424242424242')
    await page.keyboard.press('Enter')
    expect(await outcome(page)).toBe('succeeded')
    await page.context().close()
  })
})

describe('a 3-D Secure challenge', () => {
  it.each([
    ['4000002760003184', 'succeeded'],
    ['4000008260003178', 'card_error card_declined insufficient_funds'],
  ])('that is completed with %s ends in: %s', async (number, expected) => {
    const page = await host.open('strict')
    await typeCard(page, number)
    await pay(page)
    const dialog = page.getByRole('dialog', { name: 'Confirm this payment with your bank' })
    expect(await dialog.getByText('$5.00').isVisible()).toBe(true)
    await dialog.getByRole('button', { name: 'Complete' }).click()
    expect(await outcome(page)).toBe(expected)
    await page.context().close()
  })

  it.each([
    ['the Fail button', 'fail'],
    ['Escape', 'escape'],
  ])('that is left by %s has failed, and gives the focus back', async (_, how) => {
    const page = await host.open('strict')
    await typeCard(page, '4000002760003184')
    await pay(page)
    await page.getByRole('dialog').waitFor()
    expect(
      await page.getByRole('button', { name: 'Complete' }).evaluate((node) => node === document.activeElement),
    ).toBe(true)
    if (how === 'escape') await page.keyboard.press('Escape')
    else await page.getByRole('button', { name: 'Fail' }).click()

    expect(await outcome(page)).toBe('invalid_request_error payment_intent_authentication_failure')
    expect(await page.getByRole('dialog').count()).toBe(0)
    const pressed = page.getByRole('button', { name: 'Pay $5.00' })
    expect(await pressed.evaluate((node) => node === document.activeElement)).toBe(true)
    await page.context().close()
  })

  it('is asked when a card is saved, too', async () => {
    const page = await host.open('setup')
    await typeCard(page, '4000002500003155')
    await pay(page)
    await page.getByRole('button', { name: 'Fail' }).click()
    expect(await outcome(page)).toBe('invalid_request_error setup_intent_authentication_failure')
    await page.context().close()
  })

  it('is met on another page when the intent says so', async () => {
    const page = await host.open('challenge-elsewhere')
    await typeCard(page, '4000002760003184')
    await pay(page)
    await page.waitForURL('**/elsewhere')
    await page.context().close()
  })

  it('is met after a server has confirmed with a saved card', async () => {
    const page = await host.open()
    const result = page.evaluate(() => {
      const { stripe, secretFor } = window.harness
      return stripe.handleNextAction({ clientSecret: secretFor('4000002760003184') ?? '' })
    })
    await page.getByRole('button', { name: 'Complete' }).click()
    expect(await result).toMatchObject({ paymentIntent: { status: 'succeeded', amount: 500 } })
    await page.context().close()
  })
})

describe('a payment that always goes back to the host', () => {
  it('lands on the return URL with what Stripe adds', async () => {
    const page = await host.open()
    await typeCard(page, '4242424242424242')
    await page.evaluate(async () => {
      const { stripe, secretFor, elements } = window.harness
      await elements?.submit()
      const confirmParams = { return_url: new URL('/thanks?from=shop', location.href).href }
      if (elements) void stripe.confirmPayment({ elements, clientSecret: secretFor() ?? '', confirmParams })
    })
    await page.waitForURL('**/thanks?*')
    const { searchParams } = new URL(page.url())
    expect(searchParams.get('from')).toBe('shop')
    expect(searchParams.get('payment_intent')).toMatch(/^pi_/)
    expect(searchParams.get('payment_intent_client_secret')).toMatch(/^pi_\w+_secret_/)
    expect(searchParams.get('redirect_status')).toBe('succeeded')
    await page.context().close()
  })
})
