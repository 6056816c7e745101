import { describe, expect, test } from 'vitest'
import { payInCheckout } from './stripe-page.ts'
import { openWorld } from './world.ts'

const yearFromNow = Date.now() + 360 * 86_400_000

describe("an agency subscribes: WebKit's end-to-end flow", () => {
  test('the page after the return is right, though no webhook ever comes', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')
    expect(await alice.status()).toMatchObject({ plan: { id: 'free' }, subscription: null, checkout: null })

    const { body } = await alice.startsCheckout('growth', 'year')
    const returned = new URL(payInCheckout(world.stripe, body.sessionId))

    expect(returned.pathname).toBe('/account')
    expect(Object.fromEntries(returned.searchParams)).toEqual({ success: 'true', session_id: body.sessionId })
    const status = await alice.status(`?sessionId=${returned.searchParams.get('session_id')}`)
    expect(status).toMatchObject({
      plan: { id: 'growth', name: 'Growth' },
      subscription: { planId: 'growth', status: 'active', interval: 'year', hasAccess: true, cancelAt: null },
      entitlements: { features: ['history', 'sso'], limits: { workspaces: null } },
      checkout: { sessionId: body.sessionId, status: 'complete', kind: 'subscription', planId: 'growth' },
      due: null,
    })
    expect(status.subscription?.price).toMatchObject({ amountMinor: 79000, formatted: '$790.00' })
    expect(Date.parse(status.subscription?.nextBillingAt ?? '')).toBeGreaterThan(yearFromNow)
  })

  test('the session is asked for once: later looks read what we hold', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const alice = world.signIn('alice')
    const { body } = await alice.startsCheckout('starter')
    payInCheckout(world.stripe, body.sessionId)
    await alice.status(`?sessionId=${body.sessionId}`)

    await world.stripe.close()

    expect(await alice.status(`?sessionId=${body.sessionId}`)).toMatchObject({ plan: { id: 'starter' } })
  })

  test('with webhooks alone the database knows', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const { body } = await alice.startsCheckout('starter')
    payInCheckout(world.stripe, body.sessionId)

    await world.stripe.settled()

    expect(await alice.status()).toMatchObject({ plan: { id: 'starter' }, subscription: { status: 'active' } })
    expect(world.effects).toContainEqual(
      expect.objectContaining({ type: 'subscription.activated', accountId: 'account-alice', planId: 'starter' }),
    )
  })

  test('leaving the page changes nothing', async () => {
    await using world = await openWorld()
    const alice = world.signIn('alice')
    const { body } = await alice.startsCheckout('starter')

    expect(await alice.status(`?sessionId=${body.sessionId}`)).toMatchObject({
      plan: { id: 'free' },
      subscription: null,
      checkout: { status: 'open' },
    })
  })

  test("somebody else's session is not found", async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const { body } = await world.signIn('alice').startsCheckout('starter')

    expect(await world.signIn('mallory').get(`/status?sessionId=${body.sessionId}`)).toMatchObject({ status: 404 })
  })
})

describe.each(['delivered', 'off'] as const)('the portal, with webhooks %s', (webhooks) => {
  test('cancels and resumes, and the page after the return knows', async () => {
    await using world = await openWorld({ webhooks })
    const alice = world.signIn('alice')
    const { body } = await alice.startsCheckout('growth', 'year')
    payInCheckout(world.stripe, body.sessionId)
    const { subscription } = await alice.status(`?sessionId=${body.sessionId}`)
    const subscriptionId = subscription?.providerSubscriptionId ?? ''

    const cancelVisit = visitOf(await alice.opensPortal())
    const returnUrl = world.stripe.core.portalSession(cancelVisit)?.returnUrl ?? ''
    world.stripe.core.portalCancelSubscription(cancelVisit, { subscriptionId, reason: 'too_expensive' })

    const canceled = await alice.status(`?portalReturn=${new URL(returnUrl).searchParams.get('portal_return')}`)
    expect(canceled.subscription).toMatchObject({ status: 'active', hasAccess: true, nextBillingAt: null })
    expect(canceled.subscription?.cancelAt).toBe(subscription?.currentPeriodEndsAt)

    const resumeVisit = visitOf(await alice.opensPortal())
    const secondReturn = world.stripe.core.portalSession(resumeVisit)?.returnUrl ?? ''
    world.stripe.core.portalResumeSubscription(resumeVisit, { subscriptionId })

    const resumed = await alice.status(`?portalReturn=${new URL(secondReturn).searchParams.get('portal_return')}`)
    expect(resumed.subscription).toMatchObject({ cancelAt: null, nextBillingAt: subscription?.currentPeriodEndsAt })
  })
})

const visitOf = (portalUrl: string): string => portalUrl.split('/').at(-1) ?? ''
