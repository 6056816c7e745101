import { describe, expect, test } from 'vitest'
import { payInCheckout, payInPage } from './stripe-page.ts'
import { openWorld, type World, type WorldOptions } from './world.ts'

const buyAndSubscribe = async (world: World) => {
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth', 'month')
  payInCheckout(world.stripe, body.sessionId)
  await payInPage(world.stripe, await alice.startsPurchase(), 'works')
  const bob = world.signIn('bob')
  await payInPage(world.stripe, await bob.startsPurchase(), 'works')
  await world.stripe.settled()
}

const openAfterSales = async (options: WorldOptions) => {
  const world = await openWorld(options)
  await buyAndSubscribe(world)
  return world
}

/** What people have, and what the host was told. */
const endOf = async (world: World) => {
  const [alice, bob] = [await world.signIn('alice').status(), await world.signIn('bob').status()]
  const told = new Map(world.effects.map((effect) => [effect.key, effect.type]))
  return {
    plans: [alice.plan.id, bob.plan.id],
    subscription: alice.subscription?.status,
    credits: [alice.credits.available, bob.credits.available],
    effects: [...told.values()].filter((type) => type !== 'subscription.changed').toSorted(),
  }
}

const bought = {
  plans: ['growth', 'free'],
  subscription: 'active',
  credits: [23, 23],
  effects: ['invoice.paid', 'purchase.succeeded', 'purchase.succeeded', 'subscription.activated'],
}

describe('a reconciliation', () => {
  test('ends where webhooks would have ended, and finds nothing to do the second time', async () => {
    await using told = await openAfterSales({})
    expect(await endOf(told)).toEqual(bought)

    await using world = await openAfterSales({ webhooks: 'off' })
    expect(await endOf(world)).toMatchObject({ plans: ['free', 'free'], credits: [3, 3], effects: [] })
    const { seen, differences, mended, unapplied, isComplete } = await world.billing.events.reconcile()
    expect(seen.event).toBeGreaterThan(3)
    expect(differences).toBeGreaterThan(3)
    expect({ mended, unapplied, isComplete }).toEqual({ mended: differences, unapplied: 0, isComplete: true })
    expect(await endOf(world)).toEqual(bought)

    expect(await world.billing.events.reconcile()).toMatchObject({ differences: 0, unapplied: 0 })
    expect(await endOf(world)).toEqual(bought)
  })

  test('without a purpose to mend tells what differs, and changes nothing', async () => {
    await using world = await openAfterSales({ webhooks: 'off' })
    const kinds = new Set<string>()
    const listener = { found: ({ kind }: { kind: string }) => void kinds.add(kind) }
    const dry = await world.billing.events.reconcile({ dryRun: true, listener })
    expect(dry).toMatchObject({ mended: 0, isComplete: true })
    expect(kinds).toEqual(new Set(['event', 'subscription', 'checkout', 'purchase']))
    expect(await endOf(world)).toMatchObject({ plans: ['free', 'free'], credits: [3, 3], effects: [] })
    expect(await world.database.collection('billing_provider_events').countDocuments()).toBe(0)
    expect(await world.database.collection('billing_marks').countDocuments()).toBe(0)
    expect(await world.billing.events.reconcile({ dryRun: true })).toMatchObject({ differences: dry.differences })
  })

  test('mends what differs although all events are there: a subscription, a checkout, a purchase', async () => {
    await using world = await openAfterSales({ webhooks: 'off' })
    await world.billing.events.reconcile()
    const change = (name: string, set: object) => world.database.collection(name).updateMany({}, { $set: set })
    await change('billing_subscriptions', { 'subscription.status': 'past_due', 'subscription.planId': 'starter' })
    await change('billing_checkouts', { status: 'open', paid: false })
    await change('billing_purchases', { status: 'processing', settledAt: null })

    const found: string[] = []
    const result = await world.billing.events.reconcile({
      listener: {
        found: ({ kind, field, held, provider }) => void found.push(`${kind} ${field}: ${held} → ${provider}`),
      },
    })
    expect(result).toMatchObject({ differences: 6, mended: 6 })
    expect(found.toSorted()).toEqual([
      'checkout paid: false → true',
      'checkout status: open → complete',
      'purchase status: processing → succeeded',
      'purchase status: processing → succeeded',
      'subscription planId: starter → growth',
      'subscription status: past_due → active',
    ])
    expect(await endOf(world)).toEqual(bought)
  })

  test('of ten at once is harmless', async () => {
    await using world = await openAfterSales({ webhooks: 'off' })
    const all = await Promise.all(Array.from({ length: 10 }, () => world.billing.events.reconcile()))
    expect(all.every(({ isComplete }) => isComplete)).toBe(true)
    expect(await endOf(world)).toEqual(bought)
    expect(await world.billing.events.reconcile()).toMatchObject({ differences: 0, unapplied: 0 })
  })

  test('says what cannot be mended: the provider has no such subscription', async () => {
    await using world = await openAfterSales({ webhooks: 'off' })
    await world.billing.events.reconcile()
    const rows = world.database.collection<{ _id: string; subscription: object }>('billing_subscriptions')
    const [row] = await rows.find().toArray()
    const subscription = { ...row?.subscription, providerSubscriptionId: 'sub_gone' }
    const copy = { ...row, _id: 'sub_gone', subscription }
    await rows.insertOne(copy)
    expect(await world.billing.events.reconcile()).toMatchObject({ differences: 1, mended: 0 })
  })
})

describe('a reconciliation that was stopped', () => {
  test('is gone on with from its last page, and then looks at what has happened since', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const bob = world.signIn('bob')
    for (let i = 0; i < 30; i += 1) await payInPage(world.stripe, await bob.startsPurchase(), 'works')
    const listed = () => world.logs.filter(({ fields }) => fields.path === '/v1/events').length
    const pages = () => Math.ceil(world.stripe.objects('event').length / 100)
    const older = pages() - 1
    expect(older).toBeGreaterThan(0)

    const killed = new AbortController()
    const seen = () => killed.abort()
    const half = await world.billing.events.reconcile({ signal: killed.signal, listener: { seen } })
    expect(half).toMatchObject({ isComplete: false, seen: { event: 100, purchase: 0 } })
    expect(listed()).toBe(1)
    expect(await world.database.collection('billing_provider_events').countDocuments({ state: 'done' })).toBe(0)

    await buyAndSubscribe(world)
    await world.billing.events.reconcile()
    expect(listed()).toBe(1 + older + pages())
    expect((await bob.credits()).available).toBe(3 + 31 * 20)
    expect((await world.signIn('alice').status()).plan.id).toBe('growth')
    expect(await world.billing.events.reconcile()).toMatchObject({ differences: 0 })
  })
})

describe('a sync of one account', () => {
  test('brings its subscriptions, its open checkouts and its open purchases to the provider’s truth', async () => {
    await using world = await openAfterSales({ webhooks: 'off' })
    const looked = await world.billing.sync({ accountId: 'account-alice' })
    expect(looked).toEqual({ subscriptions: 1, checkouts: 1, purchases: 1 })
    expect(await endOf(world)).toMatchObject({ plans: ['growth', 'free'], credits: [23, 3] })
    expect(await world.billing.sync({ accountId: 'account-alice' })).toMatchObject({ checkouts: 0, purchases: 0 })
    await expect(world.billing.sync({ accountId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
  })
})
