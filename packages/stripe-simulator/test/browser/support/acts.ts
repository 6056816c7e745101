import type { Page } from 'playwright-core'
import type { Harness } from './payment-page.tsx'

declare global {
  interface Window {
    readonly harness: Harness
  }
}

/** What happened, in order: `['loaderstart', 'ready']`. */
export const eventTypes = (page: Page): Promise<string[]> =>
  page.evaluate(() => window.harness.events.map(({ type }) => type))

export const typeCard = async (page: Page, number: string): Promise<void> => {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expiration date').fill('1234')
  await page.getByLabel('Security code').fill(number.startsWith('3') ? '1234' : '123')
  await page.getByLabel('ZIP code').fill('10001')
}

export const pay = (page: Page): Promise<void> => page.getByRole('button', { name: 'Pay $5.00' }).click()

/** What the host's page says in the end. */
export const outcome = async (page: Page): Promise<string> => {
  const status = page.getByRole('status')
  await status.filter({ hasText: /\w/ }).waitFor()
  return (await status.textContent()) ?? ''
}
