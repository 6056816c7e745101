import type { Request } from 'express'
import { expect, test } from 'vitest'
import { askStripe } from './ask-stripe.ts'
import { payInCheckout, payInPage } from './stripe-page.ts'
import { openWorld, type World } from './world.ts'

const seen = (request: Request) => ({
  termsAcceptedAt: new Date('2026-11-01T00:00:00Z'),
  termsVersion: '2026-10',
  ip: request.ip ?? '',
  userAgent: request.get('user-agent') ?? '',
  refundPolicy: 'within 14 days',
})

const kept = async ({ database }: World) => {
  const purchase = await database.collection('billing_purchases').findOne({})
  const checkout = await database.collection('billing_checkouts').findOne({})
  return [purchase?.evidence, checkout?.evidence]
}

test('what was agreed is kept with a purchase and a checkout for a dispute, and can be erased', async () => {
  await using world = await openWorld({ webhooks: 'off', evidence: seen })
  const alice = world.signIn('alice')
  await alice.startsPurchase()
  await alice.startsCheckout('growth')

  const expected = { termsVersion: '2026-10', ip: '127.0.0.1', refundPolicy: 'within 14 days' }
  expect(await kept(world)).toEqual([expect.objectContaining(expected), expect.objectContaining(expected)])

  expect(await world.billing.eraseEvidence({ accountId: 'account-alice' })).toEqual({ erased: 3 })
  expect(await kept(world)).toEqual([null, null])
})

/** All that is kept, as text. */
const everything = async ({ database }: World): Promise<string> => {
  const collections = (await database.db?.collections()) ?? []
  const documents = await Promise.all(collections.map((collection) => collection.find().toArray()))
  return JSON.stringify(documents)
}

const said = ['alice@example.com', 'Alice Example', '198.51.100.7', '"last4":"4242"', '"cardBrand":"visa"']

test('an erasure leaves nothing that says who somebody is, and all that the books need', async () => {
  const evidence = () => ({ ip: '198.51.100.7', termsVersion: '2026-10' })
  await using world = await openWorld({ evidence, notifications: { notifier: { send: async () => {} } } })
  const alice = world.signIn('alice')
  const { body } = await alice.startsCheckout('growth')
  payInCheckout(world.stripe, body.sessionId)
  await alice.status(`?sessionId=${body.sessionId}`)
  await payInPage(world.stripe, await alice.startsPurchase(), 'works')
  const customer = world.stripe.objects('customer')[0]?.id ?? ''
  const name = { path: `/v1/customers/${customer}`, fields: { name: 'Alice Example' } }
  await askStripe(world, name)
  await world.stripe.settled()
  await world.billing.sync({ accountId: 'account-alice' })
  const before = await everything(world)
  expect(said.filter((word) => !before.includes(word))).toEqual([])

  await askStripe(world, { path: `/v1/customers/${customer}`, method: 'DELETE' })
  await world.stripe.settled()
  const { erased } = await world.billing.eraseEvidence({ accountId: 'account-alice' })
  expect(erased).toBeGreaterThan(10)
  const after = await everything(world)
  expect(said.filter((word) => after.includes(word))).toEqual([])

  const { database } = world
  expect(await database.collection('billing_purchases').findOne({})).toMatchObject({ status: 'succeeded', credits: 20 })
  expect(await database.collection('billing_invoices').findOne({ row: { $ne: null } })).toMatchObject({
    row: { status: 'paid', amountPaidMinor: 7900, number: expect.any(String), url: null },
  })
  expect(await database.collection('billing_payment_attempts').countDocuments({ 'row.outcome': 'succeeded' })).toBe(2)
  expect(await world.billing.verify({ accountId: 'account-alice' })).toMatchObject({ unsound: [] })
  expect(await world.billing.eraseEvidence({ accountId: 'account-alice' })).toEqual({ erased: 0 })
})
