import { describe, expect, test } from 'vitest'
import { askStripe } from './ask-stripe.ts'
import { openWorld, type World } from './world.ts'

const whose = { accountId: 'account-alice' }

/** A draft of Alice's that somebody has begun in the Dashboard. */
const drafts = async (world: World): Promise<string> => {
  await world.billing.ensureAccount({ ...whose, email: 'alice@example.com' })
  const customer = world.stripe.objects('customer')[0]?.id ?? ''
  const id = await askStripe(world, { path: '/v1/invoices', fields: { customer, auto_advance: 'false' } })
  await world.stripe.settled()
  return id
}

const deletes = async (world: World, id: string) => {
  await askStripe(world, { path: `/v1/invoices/${id}`, method: 'DELETE' })
  await world.stripe.settled()
}

const held = async ({ database }: World) =>
  (
    await database
      .collection('billing_invoices')
      .find({ row: { $ne: null } })
      .toArray()
  ).map(({ row }) => row.status)

describe('a draft of an invoice that is deleted', () => {
  test('is held no more, and no late event brings it back', async () => {
    await using world = await openWorld()
    const id = await drafts(world)
    expect(await held(world)).toEqual(['draft'])
    await deletes(world, id)
    expect(await held(world)).toEqual([])

    for (const event of world.stripe.objects('event')) await world.billing.events.replay(event.id)
    expect(await held(world)).toEqual([])
    expect(world.effects.filter(({ type }) => type.startsWith('invoice.'))).toEqual([])
  })

  test.each<[string, (world: World) => Promise<unknown>]>([
    ['a reconciliation', (world) => world.billing.events.reconcile()],
    ['a sync', (world) => world.billing.sync(whose)],
  ])('is found by %s when nobody told', async (_what, mend) => {
    await using world = await openWorld({ webhooks: 'off' })
    const id = await drafts(world)
    await world.billing.sync(whose)
    expect(await held(world)).toEqual(['draft'])
    await deletes(world, id)
    await mend(world)
    expect(await held(world)).toEqual([])
  })

  test('is one that was never finalized: whatever else is not found stays', async () => {
    await using world = await openWorld({ webhooks: 'off' })
    const id = await drafts(world)
    await world.billing.sync(whose)
    await world.database.collection('billing_invoices').updateMany({}, { $set: { 'row.status': 'open' } })
    await deletes(world, id)
    await world.billing.sync(whose)
    expect(await held(world)).toEqual(['open'])
  })
})
