import { expect, test } from 'vitest'
import { askStripe } from './ask-stripe.ts'
import { openWorld, type World } from './world.ts'

const whose = { accountId: 'account-alice', email: 'alice@example.com' }

/** Somebody has subscribed a customer in the Dashboard. */
const subscribed = (world: World, customer: string) => {
  const price = world.stripe.objects('price').find(({ lookup_key }) => lookup_key === 'growth_yearly')?.id ?? ''
  const billed = { collection_method: 'send_invoice', days_until_due: '30' }
  return askStripe(world, { path: '/v1/subscriptions', fields: { customer, 'items[0][price]': price, ...billed } })
}

test('a reconciliation finds a subscription whose events the provider no longer remembers', async () => {
  await using world = await openWorld({ webhooks: 'off', time: 'stripe' })
  const account = await world.billing.ensureAccount(whose)
  const ids: string[] = []
  for (let i = 0; i < 3; i += 1) ids.push(await subscribed(world, account.providerCustomerId ?? ''))
  const stranger = await askStripe(world, { path: '/v1/customers', fields: { email: 'somebody@example.com' } })
  await subscribed(world, stranger)
  await world.stripe.clock.advance({ days: 70 })

  const found: string[] = []
  const listener = { found: ({ kind, id }: { kind: string; id: string }) => void found.push(`${kind} ${id}`) }
  const dry = await world.billing.events.reconcile({ dryRun: true, listener })
  expect(dry.mended).toBe(0)
  expect(found.filter((each) => each.startsWith('subscription')).toSorted()).toEqual(
    ids.map((id) => `subscription ${id}`).toSorted(),
  )
  expect((await world.billing.status(whose)).plan.id).toBe('free')

  expect(await world.billing.events.reconcile()).toMatchObject({
    differences: dry.differences,
    mended: dry.differences,
  })
  const rows = await world.database
    .collection('billing_subscriptions')
    .find({ subscription: { $ne: null } })
    .toArray()
  expect(rows.map(({ _id }) => String(_id)).toSorted()).toEqual(ids.toSorted())
  expect(await world.billing.events.reconcile()).toMatchObject({ differences: 0 })
})
