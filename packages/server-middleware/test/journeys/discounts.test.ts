import { describe, expect, test } from 'vitest'
import { askStripe } from './ask-stripe.ts'
import { payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const subscribes = async (world: World): Promise<string> => {
  const { body } = await world.signIn('alice').startsCheckout('growth')
  payInCheckout(world.stripe, body.sessionId)
  await world.stripe.settled()
  return world.stripe.objects('subscription')[0]?.id ?? ''
}

type Coupon = Readonly<Record<string, string>>

const puts = async (world: World, subscription: string, coupon: Coupon): Promise<void> => {
  const id = await askStripe(world, { path: '/v1/coupons', fields: coupon })
  await askStripe(world, { path: `/v1/subscriptions/${subscription}`, fields: { 'discounts[0][coupon]': id } })
  await world.stripe.settled()
}

/** What was told of the revenue of a month, but for what left it as it was. */
const revenue = async ({ database }: World) => {
  const found = await database.collection('billing_subscription_changes').find().sort({ at: 1, _id: 1 }).toArray()
  return found
    .map(({ row }) => ({ kind: row.kind, by: row.monthlyDifferenceMinor, to: row.to.monthlyMinor }))
    .filter(({ by }) => by !== 0)
}

const began = { kind: 'new', by: 7900, to: 7900 }

describe('the revenue of a month', () => {
  test('is less while a coupon runs, and what it was when the coupon is over', async () => {
    await using world = await openWorld({ time: 'stripe' })
    const subscription = await subscribes(world)
    await puts(world, subscription, { percent_off: '12.5', duration: 'repeating', duration_in_months: '2' })
    expect(await revenue(world)).toEqual([began, { kind: 'contraction', by: -987, to: 6913 }])

    await world.stripe.clock.advance({ days: 70 })
    await world.stripe.settled()
    expect(await revenue(world)).toEqual([
      began,
      { kind: 'contraction', by: -987, to: 6913 },
      { kind: 'expansion', by: 987, to: 7900 },
    ])
  })

  test('is less for good by an amount off, until somebody takes it off', async () => {
    await using world = await openWorld()
    const subscription = await subscribes(world)
    await puts(world, subscription, { amount_off: '900', currency: 'usd', duration: 'forever' })
    expect(await revenue(world)).toEqual([began, { kind: 'contraction', by: -900, to: 7000 }])

    await askStripe(world, { path: `/v1/subscriptions/${subscription}/discount`, method: 'DELETE' })
    await world.stripe.settled()
    expect((await revenue(world)).at(-1)).toEqual({ kind: 'expansion', by: 900, to: 7900 })
  })

  test('is not changed by a coupon for one invoice', async () => {
    await using world = await openWorld()
    await puts(world, await subscribes(world), { percent_off: '50', duration: 'once' })
    expect(await revenue(world)).toEqual([began])
  })

  test('is not changed by a coupon for another product', async () => {
    await using world = await openWorld()
    const subscription = await subscribes(world)
    const product = await askStripe(world, { path: '/v1/products', fields: { name: 'Something else' } })
    await puts(world, subscription, { percent_off: '50', duration: 'forever', 'applies_to[products][0]': product })
    expect(await revenue(world)).toEqual([began])
  })

  test('is found again by a reconciliation, when nobody told of the coupon’s end', async () => {
    await using world = await openWorld({ time: 'stripe' })
    const subscription = await subscribes(world)
    await puts(world, subscription, { percent_off: '50', duration: 'repeating', duration_in_months: '1' })
    world.stripe.webhooks.pause()
    await world.stripe.clock.advance({ days: 29 })
    await world.billing.events.reconcile()
    expect((await revenue(world)).at(-1)).toEqual({ kind: 'contraction', by: -3950, to: 3950 })
    await world.stripe.clock.advance({ days: 2, hours: 12 })
    await world.billing.events.reconcile()
    expect((await revenue(world)).at(-1)).toEqual({ kind: 'expansion', by: 3950, to: 7900 })
  })
})
