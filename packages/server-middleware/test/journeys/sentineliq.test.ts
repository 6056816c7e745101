import { describe, expect, test } from 'vitest'
import { payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const receivedTypes = (world: World) =>
  world.logs.filter((line) => line.event === 'stripe_webhook_received').map((line) => line.fields.type)

const subscribe = async (world: World) => {
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth', 'month')
  payInCheckout(world.stripe, body.sessionId)
  await world.stripe.settled()
  return alice
}

describe("a workspace follows its subscription: SentinelIQ's five events", () => {
  test('checkout.session.completed and invoice.paid open the plan', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world)

    expect(receivedTypes(world)).toEqual(expect.arrayContaining(['checkout.session.completed', 'invoice.paid']))
    expect(await alice.status()).toMatchObject({ plan: { id: 'growth' }, subscription: { status: 'active' } })
  })

  test('checkout.session.completed brings the uses of a pack', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const { body } = await alice.post<{ sessionId: string }>('/checkout', { packId: 'uses20' })
    payInCheckout(world.stripe, body.sessionId)
    await world.stripe.settled()

    expect(await alice.credits()).toMatchObject({ paid: 20, free: 3, available: 23 })
    expect(await alice.status(`?sessionId=${body.sessionId}`)).toMatchObject({
      checkout: { status: 'complete', kind: 'purchase', packId: 'uses20', usesPurchased: 20 },
      credits: { paid: 20 },
    })
  })

  test('invoice.paid of a renewal moves the period', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world)
    const before = (await alice.status()).subscription

    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()

    const after = (await alice.status()).subscription
    expect(Date.parse(after?.currentPeriodEndsAt ?? '')).toBeGreaterThan(Date.parse(before?.currentPeriodEndsAt ?? ''))
    expect(after).toMatchObject({ status: 'active', hasAccess: true })
  })

  test('invoice.payment_failed leaves access during grace, and says what to pay', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world)

    world.stripe.declineNext()
    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()

    expect(receivedTypes(world)).toContain('invoice.payment_failed')
    expect(await alice.status()).toMatchObject({
      subscription: { status: 'past_due' },
      due: { reason: 'payment_failed', amount: { amountMinor: 7900 }, url: expect.stringContaining('http') },
    })
  })

  test('customer.subscription.updated shows the scheduled end, customer.subscription.deleted ends it', async () => {
    await using world = await openWorld()
    const alice = await subscribe(world)
    const portal = (await alice.opensPortal()).split('/').at(-1) ?? ''
    const subscriptionId = (await alice.status()).subscription?.providerSubscriptionId ?? ''
    world.stripe.core.portalCancelSubscription(portal, { subscriptionId })
    await world.stripe.settled()

    expect(receivedTypes(world)).toContain('customer.subscription.updated')
    expect((await alice.status()).subscription?.cancelAt).not.toBeNull()

    await world.stripe.clock.advance({ days: 32 })
    await world.stripe.settled()

    expect(receivedTypes(world)).toContain('customer.subscription.deleted')
    expect(await alice.status()).toMatchObject({
      plan: { id: 'free' },
      subscription: { status: 'canceled', hasAccess: false },
    })
    expect(world.effects.map((effect) => effect.type)).toEqual(
      expect.arrayContaining(['subscription.activated', 'subscription.changed', 'subscription.ended']),
    )
  })
})
