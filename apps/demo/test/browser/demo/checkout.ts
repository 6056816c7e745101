import type { Visitor } from './visitor.ts'

/** Fills in Stripe's own page and pays there. */
export const payAtCheckout = async ({ page, presses }: Visitor, card: string, button: string): Promise<void> => {
  await page.getByLabel('Card number').fill(card)
  await page.getByLabel('Expiration date').fill('1234')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('Name on card').fill('Ada Lovelace')
  await presses(button)
}

/** From the plans to Stripe's page. */
export const choosesGrowth = async (visitor: Visitor, period: 'Monthly' | 'Yearly'): Promise<void> => {
  await visitor.opens('/plans')
  await visitor.page.getByRole('radio', { name: period }).check()
  await visitor.presses('Subscribe to Growth')
  await visitor.sees('Subscribe to Growth')
  await visitor.page.getByLabel('Card number').waitFor()
}
