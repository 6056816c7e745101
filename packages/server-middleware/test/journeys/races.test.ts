import { describe, expect, test } from 'vitest'
import { payInCheckout, payInPage } from './stripe-page.ts'
import { openWorld } from './world.ts'

const times = (count: number) => Array.from({ length: count }, (_, index) => index)

describe('twice, and at once', () => {
  test('of two parallel requests with one use left, one passes', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')
    await alice.ask()
    await alice.ask()

    const answers = await Promise.all([alice.ask(), alice.ask()])

    expect(answers.map((answer) => answer.status).toSorted()).toEqual([200, 402])
    expect(await alice.credits()).toMatchObject({ available: 0, totalUses: 3 })
  })

  test('the same charge again is the same charge', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')

    const answers = await Promise.all(times(10).map(() => alice.ask('the-same-key')))

    expect(new Set(answers.map((answer) => answer.body.entry.id)).size).toBe(1)
    expect(answers.filter((answer) => answer.body.replayed)).toHaveLength(9)
    expect(await alice.credits()).toMatchObject({ available: 2, totalUses: 1 })
  })

  test('an event delivered fifty times, twenty at once, grants once', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')
    const purchase = await alice.startsPurchase()
    await payInPage(world.stripe, purchase, 'works')
    const paid = world.stripe.objects('event').find((event) => event.type === 'payment_intent.succeeded')

    await world.stripe.redeliver(paid?.id ?? '', { times: 50, parallel: 20 })

    expect(await alice.credits()).toMatchObject({ paid: 20 })
    expect(world.effects.filter((effect) => effect.type === 'purchase.succeeded')).toHaveLength(1)
  })

  test('a double click on "Buy" makes one payment', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')

    const purchases = await Promise.all(times(5).map(() => alice.startsPurchase()))

    expect(new Set(purchases.map((purchase) => purchase.paymentId)).size).toBe(1)
    expect(world.stripe.objects('payment_intent')).toHaveLength(1)
    expect(world.stripe.objects('customer')).toHaveLength(1)
  })

  test('after a purchase succeeded the next click is a new one', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')
    const first = await alice.startsPurchase()
    await payInPage(world.stripe, first, 'works')

    const second = await alice.startsPurchase()

    expect(second.paymentId).not.toBe(first.paymentId)
    expect(await alice.credits()).toMatchObject({ paid: 20 })
  })

  test('two tabs on "Subscribe" share one page, and end in one subscription', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')

    const tabs = await Promise.all(times(4).map(() => alice.startsCheckout('growth')))

    expect(new Set(tabs.map((tab) => tab.body.sessionId)).size).toBe(1)
    payInCheckout(world.stripe, tabs[0]?.body.sessionId ?? '')
    expect(await alice.startsCheckout('growth')).toMatchObject({ status: 409, body: { code: 'already_subscribed' } })
    expect(world.stripe.objects('subscription')).toHaveLength(1)
  })

  test('choosing another plan closes the page of the first', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')

    const starter = await alice.startsCheckout('starter')
    const growth = await alice.startsCheckout('growth')

    expect(() => payInCheckout(world.stripe, starter.body.sessionId)).toThrow()
    payInCheckout(world.stripe, growth.body.sessionId)
    expect(await alice.status(`?sessionId=${growth.body.sessionId}`)).toMatchObject({ plan: { id: 'growth' } })
    expect(world.stripe.objects('subscription')).toHaveLength(1)
  })

  test("somebody else's purchase is not found", async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const { paymentId } = await world.signIn('alice').startsPurchase()

    expect(await world.signIn('mallory').get(`/purchases/${paymentId}`)).toMatchObject({ status: 404 })
    expect(await world.signIn('mallory').credits()).toMatchObject({ paid: 0, available: 3 })
  })
})
