import { describe, expect, test } from 'vitest'
import type { Actor } from './actor.ts'
import { cards, payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const subscribe = async (world: World, planId: string): Promise<Actor> => {
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout(planId)
  payInCheckout(world.stripe, body.sessionId)
  await world.stripe.settled()
  return alice
}

const visitPortal = async (alice: Actor): Promise<string> => (await alice.opensPortal()).split('/').at(-1) ?? ''

const subscriptionId = async (alice: Actor): Promise<string> =>
  (await alice.status()).subscription?.providerSubscriptionId ?? ''

describe("the production guide's test matrix, for subscriptions", () => {
  test('a subscription is created: active, and access granted', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world, 'starter')

    expect(await alice.status()).toMatchObject({ subscription: { status: 'active', hasAccess: true } })
  })

  test('a change of plan in the middle of the month is prorated, and the page knows the new plan', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world, 'starter')
    await world.stripe.clock.advance({ days: 15 })
    const visit = await visitPortal(alice)
    const growth = world.stripe.objects('price').find((price) => price.lookup_key === 'growth_monthly')

    const change = { subscriptionId: await subscriptionId(alice), priceId: growth?.id ?? '' }
    const preview = world.stripe.core.portalPreviewSwitch(visit, change)
    world.stripe.core.portalSwitchPlan(visit, { ...change, prorationDate: preview.prorationDate })
    await world.stripe.settled()

    expect(preview.lines.map(({ amount }) => Math.sign(amount))).toEqual([-1, 1])
    expect(preview.amountDue).toBeGreaterThan(2_000)
    expect(preview.amountDue).toBeLessThan(3_000)
    expect(world.stripe.objects('invoice')[0]).toMatchObject({ amount_paid: preview.amountDue, status: 'paid' })
    expect(await alice.status()).toMatchObject({
      plan: { id: 'growth' },
      subscription: { price: { amountMinor: 7900 } },
    })
  })

  test('a card that stops working starts the dunning; paying again ends it', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world, 'growth')
    const failing = { number: cards.failsLater, expMonth: 12, expYear: 2034, cvc: '123' }
    world.stripe.core.portalUpdatePaymentMethod(await visitPortal(alice), { card: failing })

    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()

    const { subscription, due } = await alice.status()
    expect(subscription).toMatchObject({ status: 'past_due' })
    expect(due).toMatchObject({ reason: 'payment_failed', amount: { formatted: '$79.00' } })
    expect(await alice.startsCheckout('growth')).toMatchObject({ status: 409, body: { code: 'already_subscribed' } })

    const working = { number: cards.works, expMonth: 12, expYear: 2034, cvc: '123' }
    const open = world.stripe.objects('invoice').find((invoice) => invoice.status === 'open')
    world.stripe.core.payInvoice(open?.id ?? '', { card: working })
    await world.stripe.settled()

    expect(await alice.status()).toMatchObject({ subscription: { status: 'active', hasAccess: true }, due: null })
  })

  test('after the end of a canceled period access is gone, and the free plan is back', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world, 'growth')
    const id = await subscriptionId(alice)
    world.stripe.core.portalCancelSubscription(await visitPortal(alice), { subscriptionId: id })
    await world.stripe.settled()
    expect(await alice.status()).toMatchObject({ plan: { id: 'growth' }, subscription: { hasAccess: true } })

    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()

    expect(await alice.status()).toMatchObject({
      plan: { id: 'free' },
      subscription: { status: 'canceled', hasAccess: false },
    })
  })
})
