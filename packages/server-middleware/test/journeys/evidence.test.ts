import type { Request } from 'express'
import { expect, test } from 'vitest'
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

  expect(await world.billing.eraseEvidence({ accountId: 'account-alice' })).toEqual({ erased: 2 })
  expect(await kept(world)).toEqual([null, null])
})
