import type { Entry, Page } from '@paywright/contract'
import { describe, expect, test } from 'vitest'
import { openWorld, type World } from './world.ts'

const accountId = 'account-alice'
const sorry = { accountId, credits: 50, reason: 'The import lost a file', key: 'ticket-7', by: 'dana' }

/** Alice has used one of her three free uses. */
const openWithAlice = async (): Promise<World> => {
  const world = await openWorld({ webhooks: 'off' })
  await world.signIn('alice').ask()
  return world
}

const history = async (world: World) => {
  const { body } = await world.signIn('alice').get<Page<Entry>>('/credits/entries')
  return body.items.map(({ type, credits, description, metadata }) => ({ type, credits, description, metadata }))
}

const expectSound = async (world: World) => expect((await world.billing.verify()).unsound).toEqual([])

describe('an operator', () => {
  test('reads an account’s ledger: its figures, and its newest entries first', async () => {
    await using world = await openWithAlice()
    const { unit, balance, entries } = await world.billing.ledger.show({ accountId, limit: 1 })
    expect({ unit, entries: entries.map(({ seq, op }) => [seq, op]) }).toEqual({
      unit: 'uses',
      entries: [[2, 'charge']],
    })
    expect(balance).toMatchObject({ available: 2, spent: 1, grants: [{ id: 'g1', kind: 'free', remaining: 2 }] })
  })

  test('gives credits once for a key, however often it is sent', async () => {
    await using world = await openWithAlice()
    const { ledger } = world.billing
    const all = await Promise.all([1, 2, 3].map(() => ledger.adjust(sorry)))
    expect(all.filter(({ replayed }) => replayed)).toHaveLength(2)
    expect(all[0]).toMatchObject({ entry: { credits: 50, note: { metadata: { by: 'dana' } } } })
    expect(await world.signIn('alice').credits()).toMatchObject({ available: 52, promotional: 50 })
    await expect(ledger.adjust({ ...sorry, credits: 51 })).rejects.toMatchObject({ code: 'idempotency_conflict' })
    await expectSound(world)
  })

  test('takes credits that are there, and none that are not', async () => {
    await using world = await openWithAlice()
    const { ledger } = world.billing
    const taking = { accountId, reason: 'Given twice', key: 'ticket-8' }
    await expect(ledger.adjust({ ...taking, credits: -3 })).rejects.toMatchObject({
      code: 'insufficient_credits',
      message: 'Nothing was taken: this needs 3 of what is available, and 2 are.',
    })
    expect(await ledger.adjust({ ...taking, credits: -2 })).toMatchObject({ balance: { available: 0, spent: 1 } })
  })

  test('is not named in the history that the account reads; the reason is', async () => {
    await using world = await openWithAlice()
    await world.billing.ledger.adjust(sorry)
    expect((await history(world))[0]).toEqual({
      type: 'adjustment',
      credits: 50,
      description: 'The import lost a file',
      metadata: {},
    })
  })

  test('undoes a charge once; what else undoes itself is left alone', async () => {
    await using world = await openWithAlice()
    const { ledger } = world.billing
    const undo = { accountId, seq: 2, reason: 'The answer was empty' }
    expect(await ledger.reverse(undo)).toMatchObject({ replayed: false, balance: { available: 3, spent: 0 } })
    expect(await ledger.reverse(undo)).toMatchObject({ replayed: true, balance: { available: 3 } })
    await expect(ledger.reverse({ ...undo, reason: 'Once more' })).rejects.toMatchObject({
      code: 'idempotency_conflict',
      message: 'Entry 2 was reversed before. Nothing was changed.',
    })
    await expect(ledger.reverse({ ...undo, seq: 3 })).rejects.toMatchObject({ code: 'invalid_request' })
    await expect(ledger.reverse({ ...undo, seq: 9 })).rejects.toMatchObject({ code: 'not_found' })
    await expectSound(world)
  })

  test('gives credits back to a grant that was used up, on its terms', async () => {
    await using world = await openWithAlice()
    const alice = world.signIn('alice')
    await alice.ask()
    await alice.ask()
    const undone = await world.billing.ledger.reverse({ accountId, seq: 4, reason: 'The answer was empty' })
    expect(undone.balance).toMatchObject({ available: 1, remaining: { free: 1 } })
    await expectSound(world)
  })

  test('freezes a ledger and lets it go again; what is so already is not written twice', async () => {
    await using world = await openWithAlice()
    const { ledger } = world.billing
    const why = { accountId, reason: 'Under review' }
    expect(await ledger.freeze(why)).toMatchObject({ changed: true, balance: { isFrozen: true } })
    expect(await ledger.freeze(why)).toMatchObject({ changed: false })
    expect((await world.signIn('alice').ask()).body.code).toBe('credits_frozen')
    expect(await ledger.unfreeze(why)).toMatchObject({ changed: true, balance: { isFrozen: false } })
    expect((await world.signIn('alice').ask()).status).toBe(200)
    expect((await ledger.show({ accountId })).entries.map(({ op }) => op)).toEqual([
      'charge',
      'unfreeze',
      'freeze',
      'charge',
      'grant',
    ])
  })

  test.each<[string, (world: World) => Promise<unknown>, string]>([
    [
      'an account that is not there',
      ({ billing }) => billing.ledger.adjust({ ...sorry, accountId: 'bob' }),
      'not_found',
    ],
    ['no reason', ({ billing }) => billing.ledger.adjust({ ...sorry, reason: ' ' }), 'invalid_request'],
    ['no key', ({ billing }) => billing.ledger.adjust({ ...sorry, key: '' }), 'invalid_request'],
    ['no credits', ({ billing }) => billing.ledger.adjust({ ...sorry, credits: 0 }), 'invalid_request'],
    ['half a credit', ({ billing }) => billing.ledger.adjust({ ...sorry, credits: 0.5 }), 'invalid_request'],
    ['another unit', ({ billing }) => billing.ledger.show({ accountId, unit: 'tokens' }), 'invalid_request'],
    [
      'an endless reason',
      ({ billing }) => billing.ledger.freeze({ accountId, reason: 'a'.repeat(501) }),
      'invalid_request',
    ],
  ])('with %s changes nothing', async (_what, attempt, code) => {
    await using world = await openWithAlice()
    await expect(attempt(world)).rejects.toMatchObject({ code })
    expect(await world.database.collection('billing_accounts').countDocuments()).toBe(1)
    expect((await world.billing.ledger.show({ accountId })).entries).toHaveLength(2)
  })
})
