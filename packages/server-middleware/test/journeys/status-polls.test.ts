import { expect, test } from 'vitest'
import { payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

/** How often Stripe was asked for it. */
const asked = ({ logs }: World, id: string): number =>
  logs.filter(({ event, fields }) => event === 'stripe_request' && String(fields.path).endsWith(id)).length

test('many tabs that come back from one checkout share the look at it, and all see the plan', async () => {
  await using world = await openWorld({ webhooks: 'off' })
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth', 'month')
  payInCheckout(world.stripe, body.sessionId)
  const before = asked(world, body.sessionId)

  const seen = await Promise.all(Array.from({ length: 10 }, () => alice.status(`?sessionId=${body.sessionId}`)))
  expect(new Set(seen.map(({ plan }) => plan.id))).toEqual(new Set(['growth']))
  expect(asked(world, body.sessionId) - before).toBe(1)

  const { plan } = await alice.status(`?sessionId=${body.sessionId}`)
  expect(plan.id).toBe('growth')
  expect(asked(world, body.sessionId) - before).toBe(1)
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
