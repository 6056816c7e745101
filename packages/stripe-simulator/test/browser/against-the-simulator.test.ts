import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Forms, openForms, pickCard } from './support/open-form.ts'

let forms: Forms
beforeAll(async () => {
  forms = await openForms()
})
afterAll(() => forms.close())

const openForm = () => forms.open({ amount: 4200, currency: 'eur' })

it('loadStripe takes the Stripe.js of the simulator, without a warning, and pays across origins', async () => {
  const { page, warnings, pay, status } = await openForm()
  await pickCard(page, '4242424242424242')
  expect(await pay()).toMatchObject({ paymentIntent: { status: 'succeeded', amount: 4200, currency: 'eur' } })
  expect(await status()).toBe('succeeded')
  expect(warnings).toEqual([])
  await page.context().close()
})

it('a decline comes back in Stripe’s words, and the same form pays then', async () => {
  const { page, pay, status } = await openForm()
  await pickCard(page, '4000000000009995')
  expect(await pay()).toMatchObject({
    error: {
      type: 'card_error',
      code: 'card_declined',
      decline_code: 'insufficient_funds',
      message: 'Your card has insufficient funds.',
      payment_intent: { status: 'requires_payment_method' },
    },
  })
  await pickCard(page, '4242424242424242')
  await pay()
  expect(await status()).toBe('succeeded')
  await page.context().close()
})

it.each([
  ['Complete', 'succeeded', undefined],
  ['Fail', 'requires_payment_method', 'payment_intent_authentication_failure'],
])('a challenge that ends in %s leaves the intent %s', async (button, expected, code) => {
  const { page, pay, status } = await openForm()
  await pickCard(page, '4000002760003184')
  const paid = pay()
  await page.getByRole('dialog').getByText('€42.00').waitFor()
  await page.getByRole('button', { name: button }).click()
  expect(await paid).toMatchObject(code === undefined ? { paymentIntent: { status: expected } } : { error: { code } })
  expect(await status()).toBe(expected)
  await page.context().close()
})

it('an intent that is not there is a load error, not an empty form', async () => {
  const { page } = await openForm()
  const error = await page.evaluate(
    (key) =>
      new Promise<unknown>((resolve) => {
        const elements = window.Stripe?.(key)?.elements({ clientSecret: 'pi_none_secret_none' })
        const element = elements?.create('payment')
        element?.on('loaderror', (event) => resolve(event.error.code))
        element?.mount('#root')
      }),
    forms.simulator.keys.publishableKey,
  )
  expect(error).toBe('resource_missing')
  await page.context().close()
})

it('Stripe.js weighs at most 25 KB, gzipped', async () => {
  const script = await (await fetch(`${forms.simulator.url}/stripe.js`)).text()
  expect(gzipSync(script).byteLength).toBeLessThanOrEqual(25 * 1024)
})
