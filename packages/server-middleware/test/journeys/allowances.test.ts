import { describe, expect, test } from 'vitest'
import { defineCatalog } from '../../src/domain/define-catalog.ts'
import type { Actor } from './actor.ts'
import { cards, payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const catalog = defineCatalog({
  currency: 'usd',
  freeUses: 3,
  freePlan: 'free',
  plans: {
    free: { name: 'Free' },
    starter: { name: 'Starter', month: 2900, year: 29000, credits: { perMonth: 100 } },
    growth: {
      name: 'Growth',
      month: 7900,
      year: 79000,
      credits: { perMonth: 400, rollover: { months: 1, upTo: 50 } },
    },
    trial: { name: 'Trial', month: 4900, trialDays: 14, credits: { perMonth: 200, inTrial: 20 } },
  },
  packs: { uses20: { name: '20 uses', credits: 20, amountMinor: 500 } },
})

const openHost = () => openWorld({ catalog, time: 'stripe' })

const subscribes = async (world: World, planId: string, interval: 'month' | 'year' = 'month'): Promise<Actor> => {
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout(planId, interval)
  payInCheckout(world.stripe, body.sessionId)
  await world.stripe.settled()
  return alice
}

const passes = async ({ stripe }: World, time: { days?: number; hours?: number; months?: number }) => {
  await stripe.clock.advance(time)
  await stripe.settled()
}

const portalOf = async (alice: Actor): Promise<string> => (await alice.opensPortal()).split('/').at(-1) ?? ''

/** In the portal. */
const switches = async ({ stripe }: World, alice: Actor, priceKey: string) => {
  const visit = await portalOf(alice)
  const price = stripe.objects('price').find(({ lookup_key }) => lookup_key === priceKey)
  const subscriptionId = (await alice.status()).subscription?.providerSubscriptionId ?? ''
  const change = { subscriptionId, priceId: price?.id ?? '' }
  const { prorationDate } = stripe.core.portalPreviewSwitch(visit, change)
  stripe.core.portalSwitchPlan(visit, { ...change, prorationDate })
  await stripe.settled()
}

const spends = (world: World, credits: number) =>
  world.billing.charge({ accountId: 'account-alice', credits, description: 'Work' })

const redeliversAll = async ({ stripe }: World) => {
  for (const { id } of stripe.objects('event')) await stripe.redeliver(id)
  await stripe.settled()
}

const soundly = async (world: World) => expect((await world.billing.verify()).unsound).toEqual([])

describe('the credits of a monthly plan', () => {
  test('come with its first invoice, and show until when they last', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'starter')
    const { subscription } = await alice.status()
    const credits = await alice.credits()
    expect(credits).toMatchObject({
      available: 103,
      free: 3,
      plan: 100,
      nextExpiryAt: subscription?.currentPeriodEndsAt,
    })
    expect(credits.grants[1]).toMatchObject({
      kind: 'plan',
      remaining: 100,
      expiresAt: subscription?.currentPeriodEndsAt,
    })
  })

  test('come once, however often and in whichever order their events do', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'starter')
    await redeliversAll(world)
    await world.billing.sync({ accountId: 'account-alice' })
    expect(await alice.credits()).toMatchObject({ plan: 100 })
    await soundly(world)
  })

  test('are there on the return from Checkout, before any webhook', async () => {
    await using world = await openWorld({ catalog, time: 'stripe', webhooks: 'off' })
    const alice = world.signIn('alice')
    const { body } = await alice.startsCheckout('starter')
    payInCheckout(world.stripe, body.sessionId)
    expect(await alice.status(`?sessionId=${body.sessionId}`)).toMatchObject({ credits: { plan: 100 } })
    world.stripe.webhooks.resume()
    await world.stripe.settled()
    expect(await alice.credits()).toMatchObject({ plan: 100 })
  })

  test('come anew with each renewal; what is left of the old ones expires', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'starter')
    await spends(world, 63)
    expect(await alice.credits()).toMatchObject({ free: 0, plan: 40 })
    await passes(world, { months: 1, hours: 2 })
    expect(await alice.credits()).toMatchObject({ available: 100, plan: 100 })
    await redeliversAll(world)
    expect(await alice.credits()).toMatchObject({ available: 100, plan: 100 })
    await soundly(world)
  })

  test('roll over as the catalog says, and no further', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'growth')
    await passes(world, { months: 1, hours: 2 })
    expect(await alice.credits()).toMatchObject({ plan: 450 })
    await passes(world, { months: 1 })
    expect(await alice.credits()).toMatchObject({ plan: 450 })
    await soundly(world)
  })

  test('are spent before those that were bought', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'starter')
    await world.billing.grant({ accountId: 'account-alice', credits: 5, reason: 'Sorry', key: 'sorry' })
    await spends(world, 10)
    expect(await alice.credits()).toMatchObject({ free: 0, promotional: 0, plan: 98 })
  })

  test('wait for the money: a renewal that fails brings them when it is paid', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'starter')
    const failing = { number: cards.failsLater, expMonth: 12, expYear: 2034, cvc: '123' }
    world.stripe.core.portalUpdatePaymentMethod(await portalOf(alice), { card: failing })
    await passes(world, { months: 1, hours: 2 })
    expect(await alice.credits()).toMatchObject({ available: 3, plan: 0 })

    const working = { number: cards.works, expMonth: 12, expYear: 2034, cvc: '123' }
    const open = world.stripe.objects('invoice').find((invoice) => invoice.status === 'open')
    world.stripe.core.payInvoice(open?.id ?? '', { card: working })
    await world.stripe.settled()
    expect(await alice.credits()).toMatchObject({ plan: 100 })
  })
})

describe('the credits of a yearly plan', () => {
  test('come month by month', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'starter', 'year')
    expect(await alice.credits()).toMatchObject({ available: 103, plan: 100 })
    await spends(world, 53)
    await passes(world, { months: 1 })
    expect(await alice.credits()).toMatchObject({ available: 100, plan: 100 })
    await passes(world, { months: 10 })
    expect(await alice.credits()).toMatchObject({ plan: 100 })
    await redeliversAll(world)
    expect(await alice.credits()).toMatchObject({ plan: 100 })
    await soundly(world)
  })

  test('begin again with the next year', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'starter', 'year')
    await passes(world, { months: 12, hours: 2 })
    expect(await alice.credits()).toMatchObject({ plan: 100 })
    await soundly(world)
  })
})

describe('the credits of a trial', () => {
  test('are its own, and last as long as it does', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'trial')
    const { subscription } = await alice.status()
    expect(await alice.credits()).toMatchObject({ plan: 20, nextExpiryAt: subscription?.trialEndsAt })
    await passes(world, { days: 14, hours: 2 })
    expect(await alice.credits()).toMatchObject({ plan: 200 })
  })
})

describe('a change of plan within the month', () => {
  test('up brings the difference for the rest of it, once', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'starter')
    await passes(world, { days: 10 })
    await switches(world, alice, 'growth_monthly')

    const { plan = 0 } = await alice.credits()
    // 18 to 21 days are left of a month, of 300 credits.
    expect(plan).toBeGreaterThan(100 + 300 * (18 / 28) - 2)
    expect(plan).toBeLessThan(100 + 300 * (21 / 31) + 2)
    await redeliversAll(world)
    expect((await alice.credits()).plan).toBe(plan)
    await passes(world, { days: 21, hours: 3 })
    expect((await alice.status()).credits.plan).toBeGreaterThanOrEqual(400)
    await soundly(world)
  })

  test('down takes nothing back, and going back up brings nothing again', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'growth')
    await passes(world, { days: 5 })
    await switches(world, alice, 'starter_monthly')
    expect(await alice.credits()).toMatchObject({ plan: 400 })
    await passes(world, { days: 1 })
    await switches(world, alice, 'growth_monthly')
    expect((await alice.status()).plan.id).toBe('growth')
    expect(await alice.credits()).toMatchObject({ plan: 400 })
    await soundly(world)
  })

  test('is found by a synchronisation when its webhook never came', async () => {
    await using world = await openHost()
    const alice = await subscribes(world, 'starter')
    await passes(world, { days: 10 })
    world.stripe.webhooks.pause()
    const switching = switches(world, alice, 'growth_monthly')
    await switching
    expect(await alice.credits()).toMatchObject({ plan: 100 })
    await world.billing.sync({ accountId: 'account-alice' })
    const { plan } = await alice.credits()
    expect(plan).toBeGreaterThan(280)
    world.stripe.webhooks.resume()
    await world.stripe.settled()
    expect((await alice.credits()).plan).toBe(plan)
  })
})
