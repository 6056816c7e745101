import { expect, inject, test } from 'vitest'
import { payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const receivedIds = ({ logs }: World) =>
  logs.filter(({ event }) => event === 'stripe_webhook_received').map(({ fields }) => fields.eventId)

test('the journeys meet every event, as often and in the order that their delivery says', async () => {
  await using world = await openWorld()
  await world.stripe.settled()
  const [before, receivedBefore] = [world.stripe.objects('event').length, receivedIds(world).length]
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth', 'month')
  payInCheckout(world.stripe, body.sessionId)
  await world.stripe.settled()

  const { order = 'inOrder', duplicates = 0 } = inject('delivery')
  const told = world.stripe.objects('event').map(({ id }) => id)
  const inOrder = told
    .reverse()
    .slice(before)
    .flatMap((id) => Array.from({ length: duplicates + 1 }, () => id))
  const received = receivedIds(world).slice(receivedBefore)
  expect(received.toSorted()).toEqual(inOrder.toSorted())
  if (order === 'inOrder') expect(received).toEqual(inOrder)
  else expect(received).not.toEqual(inOrder)
})
