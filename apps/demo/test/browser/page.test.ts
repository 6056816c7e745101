import { expect, test } from 'vitest'
import { openDemo } from './demo/open-demo.ts'

test('without a database the page says that it forgets', async () => {
  await using demo = await openDemo({ store: 'memory' })
  const ada = await demo.visitor('Ada')
  await ada.sees(/No database\./)
  await ada.usesUp(3)
})

test('with a database it doesn’t, and leads to what the simulated Stripe saw', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  expect(await ada.page.getByText('No database').count()).toBe(0)
  await ada.follows('What the simulated Stripe saw')
  await ada.page.waitForURL(`${demo.stripe.url}/_simulator`)
})

test('a plan that somebody unknown chooses leads to signing in, and one name keeps its uses', async () => {
  await using demo = await openDemo()
  const ada = await demo.stranger()
  await ada.opens('/plans')
  await ada.presses('Subscribe to Growth')
  await ada.sees('Ask your documents')

  await ada.signsIn('Ada')
  await ada.asks('When does the working day begin?')
  await ada.sees('2 uses left')
  await ada.presses('Sign out')
  await ada.signsIn('Grace')
  await ada.sees('3 uses left')
  await ada.presses('Sign out')
  await ada.signsIn('ada')
  await ada.sees('2 uses left')
})

test('the keyboard alone asks a question', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await ada.sees('3 uses left')
  await ada.page.getByLabel('Your question').focus()
  await ada.page.keyboard.type('When does the working day begin?')
  await ada.page.keyboard.press('Enter')
  await ada.sees(/half past seven/)
})
