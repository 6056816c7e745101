import { afterAll, beforeAll, expect, it } from 'vitest'
import { errorOf, table } from '../support/card-rows.ts'
import { type Forms, openForms } from './support/open-form.ts'

let forms: Forms
beforeAll(async () => {
  forms = await openForms()
})
afterAll(() => forms.close())

it.each(table)('%s has the effect of the table in the Payment Element', async (number, row) => {
  const { page, pay, status } = await forms.open({ amount: 4200, currency: 'usd' })
  await page.getByLabel('Card number').fill(number)
  await page.getByLabel('Expiration date').fill('1234')
  await page.getByLabel('Security code').fill(number.startsWith('3') ? '1234' : '123')
  await page.getByLabel('Country').selectOption('DE')
  const paid = pay()
  if (row.asks) await page.getByRole('dialog').getByRole('button', { name: 'Complete' }).click()
  const expected = row.code ? { error: errorOf(row) } : { paymentIntent: { status: 'succeeded' } }
  expect(await paid).toMatchObject(expected)
  expect(await status()).toBe(row.code ? 'requires_payment_method' : 'succeeded')
  await page.context().close()
})
