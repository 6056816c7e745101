import { describe, expect, test } from 'vitest'
import { payInCheckout } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const rowsOf = ({ database }: World) =>
  database.collection<{ _id: string; [field: string]: unknown }>('billing_provider_events')

/** Alice has bought a plan at Stripe's, and nothing of it has come. */
const openWithSilentSale = async () => {
  const world = await openWorld({ webhooks: 'off' })
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth', 'month')
  payInCheckout(world.stripe, body.sessionId)
  const sale = world.stripe.objects('event').find(({ type }) => type === 'customer.subscription.created')
  return { world, alice, eventId: sale?.id ?? '' }
}

const failures = async ({ billing }: World, states: readonly ('failed' | 'dead')[] = ['failed', 'dead']) => {
  const replayed: { id: string; state: string }[] = []
  for await (const { id, state } of billing.events.replayAll({ states, since: null })) replayed.push({ id, state })
  return replayed
}

describe('a replay', () => {
  test('of an event that never came fetches it by its id', async () => {
    const { world, alice, eventId } = await openWithSilentSale()
    await using _ = world
    expect((await alice.status()).plan.id).toBe('free')
    expect(await world.billing.events.replay(eventId)).toMatchObject({ id: eventId, state: 'done', error: null })
    expect((await alice.status()).plan.id).toBe('growth')
    await expect(world.billing.events.replay('evt_nobody')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('of an event whose content was erased reads it at the provider again', async () => {
    const { world, eventId } = await openWithSilentSale()
    await using _ = world
    await world.billing.events.replay(eventId)
    await rowsOf(world).updateOne({ _id: eventId }, { $set: { payload: null } })
    expect(await world.billing.events.replay(eventId)).toMatchObject({ state: 'done' })
  })

  test('of one that another process is at leaves it to that one', async () => {
    const { world, eventId } = await openWithSilentSale()
    await using _ = world
    await world.billing.events.replay(eventId)
    const dueAt = new Date(Date.now() + 60_000)
    await rowsOf(world).updateOne({ _id: eventId }, { $set: { state: 'received', owner: 'somebody', dueAt } })
    expect(await world.billing.events.replay(eventId)).toMatchObject({ state: 'busy' })
  })

  test('of all that failed takes each once, also what fails again', async () => {
    const { world } = await openWithSilentSale()
    await using _ = world
    await world.billing.events.reconcile()
    const events = await rowsOf(world).find().toArray()
    const [broken, ...others] = events.map(({ _id }) => _id)
    await rowsOf(world).updateMany({}, { $set: { state: 'dead', attempts: 15, error: 'It failed.' } })
    await rowsOf(world).updateOne({ _id: broken ?? '' }, { $set: { state: 'failed', payload: '{}' } })

    const replayed = await failures(world)
    expect(replayed.map(({ id }) => id).toSorted()).toEqual(events.map(({ _id }) => _id).toSorted())
    expect(replayed.filter(({ state }) => state === 'dead').map(({ id }) => id)).toEqual([broken])
    expect(others.length).toBeGreaterThan(0)
    expect(await failures(world)).toEqual([{ id: broken, state: 'dead' }])
    expect(await failures(world, ['failed'])).toEqual([])
  })
})
