import { expect, test } from 'vitest'
import { cards } from './demo/cards.ts'
import { openDemo } from './demo/open-demo.ts'
import { payInPage } from './demo/payment-element.ts'

test('credits paid for while the server dies arrive with the webhook, though nobody looks', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await ada.usesUp(3)
  await ada.presses('Buy 20 uses')
  demo.stripe.webhooks.pause()

  const settling = ada.page.waitForRequest('**/billing/purchases/*')
  await ada.page.route('**/billing/purchases/*', async (route) => {
    await demo.kill()
    await route.abort()
  })
  await payInPage(ada, cards.pays)
  await settling
  await ada.page.close()
  expect(demo.stripe.objects('payment_intent')).toMatchObject([{ status: 'succeeded' }])

  await demo.start()
  demo.stripe.webhooks.resume()
  await demo.stripe.settled()
  const later = await demo.visitor('Ada')
  await later.sees('20 uses left')
})

test('a page that stays open through it says so as soon as the server is back, without a webhook', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await ada.usesUp(3)
  await ada.presses('Buy 20 uses')
  demo.stripe.webhooks.pause()

  const asked = ada.page.waitForRequest('**/billing/purchases/*')
  await ada.page.route(
    '**/billing/purchases/*',
    async (route) => {
      await demo.kill()
      await route.continue()
    },
    { times: 1 },
  )
  await payInPage(ada, cards.pays)
  await asked
  await demo.start()
  await ada.sees('20 uses added, 20 left')
  expect(ada.loads()).toBe(1)
})
