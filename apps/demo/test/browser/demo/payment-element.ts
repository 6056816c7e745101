import type { Visitor } from './visitor.ts'

/** Types a card into the form in the page. */
export const fillCard = async ({ page }: Visitor, number: string): Promise<void> => {
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expiration date').fill('1234')
  await page.getByLabel('Security code').fill('123')
  await page.getByLabel('ZIP code').fill('12345')
}

export const payInPage = async (visitor: Visitor, number: string): Promise<void> => {
  await fillCard(visitor, number)
  await visitor.presses('Pay $5.00')
}
