import { expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

const spendSome = async (world: World) => {
  for (const name of ['alice', 'bob']) {
    await world.signIn(name).ask()
    await world.signIn(name).ask()
  }
}

const tamper = (world: World, change: object) =>
  world.database.collection('billing_ledgers').updateOne({}, { $set: change })

test('an untouched set of books is sound', async () => {
  await using world = await openWorld()
  await spendSome(world)
  expect(await world.billing.verify()).toEqual({ ledgers: 2, entries: 6, unsoundCount: 0, unsound: [] })
  expect(await world.billing.verify({ accountId: 'account-bob' })).toEqual({
    ledgers: 1,
    entries: 3,
    unsoundCount: 0,
    unsound: [],
  })
  await expect(world.billing.verify({ accountId: 'nobody' })).rejects.toMatchObject({ code: 'not_found' })
})

test.each<[string, object, RegExp]>([
  ['a balance', { 'totals.available': 100 }, /its totals are not what its entries come to/],
  ['a grant', { 'grants.0.parts.available': 100 }, /its grants are not/],
  ['an amount in an entry', { 'recent.1.1.credits': -5 }, /is not as it was written/],
  ['a leg of an entry', { 'recent.1.1.legs.0.2': -5 }, /credits out of nowhere/],
  ['a date', { 'recent.3.0.at': new Date(0) }, /is older than the entry before/],
])('%s that somebody changed by hand is found', async (_what, change, problem) => {
  await using world = await openWorld()
  await spendSome(world)
  await tamper(world, change)
  const { unsound } = await world.billing.verify()
  expect(unsound).toEqual([expect.objectContaining({ accountId: expect.stringMatching(/^account-(alice|bob)$/) })])
  expect(unsound[0]?.flaws.map((flaw) => flaw.problem).join()).toMatch(problem)
})

test('books that are written to meanwhile are sound all the time', async () => {
  await using world = await openWorld()
  const accounts = Array.from({ length: 20 }, (_, i) => `account-${i}`)
  await Promise.all(accounts.map((accountId) => world.billing.charge({ accountId, credits: 1, description: 'a' })))
  const asking = accounts.flatMap((accountId) =>
    Array.from({ length: 30 }, () =>
      world.billing.charge({ accountId, credits: 1, description: 'a' }).catch(() => null),
    ),
  )
  for (let i = 0; i < 5; i += 1) expect((await world.billing.verify()).unsound).toEqual([])
  await Promise.all(asking)
  expect((await world.billing.verify()).unsound).toEqual([])
})
