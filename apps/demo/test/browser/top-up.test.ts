import { expect, test } from 'vitest'
import { cards } from './demo/cards.ts'
import { openDemo } from './demo/open-demo.ts'
import { fillCard, payInPage } from './demo/payment-element.ts'

test('three free uses, then a refusal with the offer, then 20 uses that are there without a reload', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await ada.sees('3 uses left')
  await ada.usesUp(3)

  await ada.asks('Who may work under a boat?')
  await ada.sees(/none is left/)
  await ada.sees('20 uses for $5, paid once.')

  await payInPage(ada, cards.pays)
  await ada.sees('20 uses added, 20 left')
  await ada.sees('20 uses left')

  await ada.presses('Ask')
  await ada.sees(/Nobody works under a boat alone/)
  await ada.sees('19 uses left')
  expect(ada.loads()).toBe(1)
})

test.each([
  { name: 'declined', card: cards.declines, reason: /Your bank declined this card\. Nothing was charged/ },
  { name: 'without funds', card: cards.hasNoFunds, reason: /This card has insufficient funds\. Nothing was charged/ },
])('a card that is $name says so, and changes nothing', async ({ card, reason }) => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await ada.usesUp(3)
  await ada.presses('Buy 20 uses')

  await payInPage(ada, card)
  await ada.sees(reason)
  await ada.sees('No uses left')
  expect(demo.stripe.objects('payment_intent')).toMatchObject([{ status: 'requires_payment_method' }])

  await payInPage(ada, cards.pays)
  await ada.sees('20 uses added, 20 left')
  expect(demo.stripe.objects('payment_intent')).toMatchObject([{ status: 'succeeded' }])
})

test('a bank that asks for proof gets it in the page, and the uses are added', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await ada.usesUp(3)
  await ada.presses('Buy 20 uses')

  await payInPage(ada, cards.asksForProof)
  await ada.presses('Complete')
  await ada.sees('20 uses added, 20 left')
  expect(ada.loads()).toBe(1)
})

test('proof that fails is said, and changes nothing', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await ada.usesUp(3)
  await ada.presses('Buy 20 uses')

  await payInPage(ada, cards.asksForProof)
  await ada.presses('Fail')
  await ada.sees(/Your bank couldn’t confirm that it’s you\. Nothing was charged/)
  await ada.sees('No uses left')
})

test('a double click on the button to pay makes one payment', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await ada.usesUp(3)
  await ada.presses('Buy 20 uses')

  await fillCard(ada, cards.pays)
  await ada.page.getByRole('button', { name: 'Pay $5.00' }).dblclick()
  await ada.sees('20 uses added, 20 left')
  expect(demo.stripe.objects('payment_intent')).toHaveLength(1)
  expect(demo.stripe.objects('charge')).toHaveLength(1)
})
