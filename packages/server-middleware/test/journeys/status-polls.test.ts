import { expect, test } from 'vitest'
import { payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

/** How often Stripe was asked for it. */
const asked = ({ logs }: World, id: string): number =>
  logs.filter(({ event, fields }) => event === 'stripe_request' && String(fields.path).endsWith(id)).length

test('all tabs that come back from a checkout see the plan, and Stripe is not asked once it is there', async () => {
  await using world = await openWorld({ webhooks: 'off' })
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth', 'month')
  payInCheckout(world.stripe, body.sessionId)

  const seen = await Promise.all(Array.from({ length: 10 }, () => alice.status(`?sessionId=${body.sessionId}`)))
  expect(new Set(seen.map(({ plan }) => plan.id))).toEqual(new Set(['growth']))

  const before = asked(world, body.sessionId)
  const { plan } = await alice.status(`?sessionId=${body.sessionId}`)
  expect(plan.id).toBe('growth')
  expect(asked(world, body.sessionId)).toBe(before)
})

test('a tab that asks while another one does is answered from after it asked', async () => {
  await using world = await openWorld({ webhooks: 'off' })
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth', 'month')
  const early = alice.status(`?sessionId=${body.sessionId}`)
  payInCheckout(world.stripe, body.sessionId)
  const late = await alice.status(`?sessionId=${body.sessionId}`)
  expect(late.plan.id).toBe('growth')
  await early
})

test('a hook may look at the very checkout that it is told of', async () => {
  await using world = await openWorld({ webhooks: 'off' })
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth', 'month')
  payInCheckout(world.stripe, body.sessionId)
  const seen: string[] = []
  world.billing.on('subscription.activated', async ({ accountId }) => {
    if (seen.push('asked') > 1) return
    const { plan } = await world.billing.status({ accountId, sessionId: body.sessionId })
    seen.push(plan.id)
  })
  expect((await alice.status(`?sessionId=${body.sessionId}`)).plan.id).toBe('growth')
  expect(seen).toContain('growth')
})
