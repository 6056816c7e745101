import { expect, test } from 'vitest'
import { cards } from './demo/cards.ts'
import { choosesGrowth, payAtCheckout } from './demo/checkout.ts'
import { notePlansShown } from './demo/first-render.ts'
import { type Demo, openDemo } from './demo/open-demo.ts'

const webhooks = [
  { state: 'on', prepare: (_demo: Demo) => {} },
  { state: 'paused', prepare: (demo: Demo) => demo.stripe.webhooks.pause() },
]

test.each(webhooks)(
  'Growth, yearly, through Checkout: the first render after it is right, with webhooks $state',
  async ({ prepare }) => {
    await using demo = await openDemo()
    prepare(demo)
    const ada = await demo.visitor('Ada')
    await choosesGrowth(ada, 'Yearly')
    const plansShown = await notePlansShown(ada.page)

    await payAtCheckout(ada, cards.pays, 'Subscribe')
    await ada.sees('You’re on Growth.')
    await ada.sees('$790.00 per year')
    await ada.sees('Active')
    expect(await plansShown()).toEqual(['Growth'])
    expect(new URL(ada.page.url()).search).toBe('')

    await ada.opens('/plans')
    await ada.page.getByRole('radio', { name: 'Yearly' }).check()
    await ada.sees('Your plan')
    expect(demo.stripe.objects('subscription')).toMatchObject([{ status: 'active' }])
  },
)

test('a checkout that is left says so, and nothing is charged', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await choosesGrowth(ada, 'Monthly')

  await ada.follows(/Back$/)
  await ada.sees('Checkout was left. Nothing was charged.')
  await ada.sees('No subscription. Nothing will be billed.')
  expect(demo.stripe.objects('subscription')).toEqual([])
})

test('a card that Checkout declines says why, and another one subscribes', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  await choosesGrowth(ada, 'Monthly')

  await payAtCheckout(ada, cards.declines, 'Subscribe')
  await ada.sees(/declined/)
  await payAtCheckout(ada, cards.asksForProof, 'Subscribe')
  await ada.presses('Complete')
  await ada.sees('You’re on Growth.')
  expect(demo.stripe.objects('subscription').filter(({ status }) => status === 'active')).toHaveLength(1)
})

test('two tabs that subscribe make one subscription', async () => {
  await using demo = await openDemo()
  const ada = await demo.visitor('Ada')
  const tab = await ada.opensTab('/plans')
  await choosesGrowth(ada, 'Yearly')
  await choosesGrowth(tab, 'Yearly')

  await Promise.allSettled([payAtCheckout(ada, cards.pays, 'Subscribe'), payAtCheckout(tab, cards.pays, 'Subscribe')])
  await ada.opens('/account')
  await ada.sees('$790.00 per year')
  expect(demo.stripe.objects('subscription')).toHaveLength(1)
})

test.each(webhooks)(
  'cancelling and resuming in the portal shows on the page, with webhooks $state',
  async ({ prepare }) => {
    await using demo = await openDemo()
    prepare(demo)
    const ada = await demo.visitor('Ada')
    await choosesGrowth(ada, 'Yearly')
    await payAtCheckout(ada, cards.pays, 'Subscribe')
    await ada.sees('You’re on Growth.')

    await ada.presses('Manage billing')
    await ada.follows('Cancel Growth')
    await ada.presses('Cancel Growth')
    await ada.sees(/Your subscription ends on/)
    await ada.follows(/Return to the shop$/)
    await ada.sees('Ending')
    await ada.sees(/Stays on until .*, then ends\. Nothing more will be billed\./)

    await ada.presses('Manage billing')
    await ada.presses("Don't cancel Growth")
    await ada.sees('Your subscription goes on.')
    await ada.follows(/Return to the shop$/)
    await ada.sees('Active')
    await ada.sees(/Next bill of \$790\.00 on/)
  },
)
