import type { mongo } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { now } from './store-fixtures.ts'
import { openDatabase, type TestDatabase } from './store-world.ts'

type Spec = mongo.IndexDescription & { name: string }

/** An installation of before: one of its indexes has another definition under the same name. */
const openDrifted = async (collection: string, old: Spec) => {
  const database = await openDatabase()
  await mongoStore(database).migrate()
  const rows = database.connection.collection(collection)
  await rows.dropIndex(old.name)
  await rows.createIndexes([old])
  return database
}

const oldSlot: Spec = {
  name: 'openSlot',
  key: { openSlot: 1 },
  unique: true,
  partialFilterExpression: { openSlot: { $type: 'string' } },
}

const definitionsOf = async ({ connection }: TestDatabase, collection: string, field: string) => {
  const all = await connection.collection(collection).indexes()
  return all.filter(({ key }) => field in key).map(({ v: _version, ...index }) => index)
}

const newSlot = { key: { openSlot: 1 }, unique: true, partialFilterExpression: { openSlot: { $gt: '' } } }

describe('a migration', () => {
  it('replaces an index that has another filter, and says so', async () => {
    await using database = await openDrifted('billing_purchases', oldSlot)
    const { migrate } = mongoStore(database)
    expect(await migrate()).toEqual([{ index: 'billing_purchases.openSlot', change: 'recreated' }])
    expect(await definitionsOf(database, 'billing_purchases', 'openSlot')).toEqual([{ name: 'openSlot_2', ...newSlot }])
    expect(await migrate()).toEqual([])
  })

  it.each<[string, { of: string; old: Spec; wanted: object }]>([
    [
      'is not unique',
      {
        of: 'billing_accounts',
        old: { name: 'accountId', key: { accountId: 1 } },
        wanted: { key: { accountId: 1 }, unique: true },
      },
    ],
    [
      'has other keys',
      {
        of: 'billing_provider_events',
        old: { name: 'state', key: { state: 1 } },
        wanted: { key: { state: 1, receivedAt: 1 } },
      },
    ],
    [
      'has them in another order',
      {
        of: 'billing_provider_events',
        old: { name: 'state', key: { receivedAt: 1, state: 1 } },
        wanted: { key: { state: 1, receivedAt: 1 } },
      },
    ],
    [
      'takes big and small letters for the same',
      {
        of: 'billing_accounts',
        old: { name: 'accountId', key: { accountId: 1 }, unique: true, collation: { locale: 'en', strength: 2 } },
        wanted: { key: { accountId: 1 }, unique: true },
      },
    ],
    [
      'leaves out what lacks its field',
      {
        of: 'billing_accounts',
        old: { name: 'accountId', key: { accountId: 1 }, unique: true, sparse: true },
        wanted: { key: { accountId: 1 }, unique: true },
      },
    ],
    [
      'lets documents go at another time',
      {
        of: 'billing_requests',
        old: { name: 'claimedAt', key: { claimedAt: 1 }, expireAfterSeconds: 60 },
        wanted: { key: { claimedAt: 1 }, expireAfterSeconds: 30 * 86_400 },
      },
    ],
    [
      'lets documents go that are to stay',
      {
        of: 'billing_provider_events',
        old: { name: 'receivedAt', key: { receivedAt: 1 }, expireAfterSeconds: 60 },
        wanted: { key: { receivedAt: 1 } },
      },
    ],
  ])('replaces one that %s', async (_what, { of, old, wanted }) => {
    await using database = await openDrifted(of, old)
    const { migrate } = mongoStore(database)
    expect(await migrate()).toEqual([{ index: `${of}.${old.name}`, change: 'recreated' }])
    const indexes = await database.connection.collection(of).indexes()
    const ours = indexes.filter(({ name }) => [old.name, `${old.name}_2`].includes(String(name)))
    expect(ours.map(({ v: _version, name: _name, ...index }) => index)).toEqual([wanted])
    expect(await migrate()).toEqual([])
  })

  it('says what it would do, and does nothing, when it runs dry', async () => {
    await using database = await openDrifted('billing_purchases', oldSlot)
    await database.connection.collection('billing_accounts').dropIndex('accountId')
    const { migrate } = mongoStore(database)
    const planned = [
      { index: 'billing_accounts.accountId', change: 'missing' },
      { index: 'billing_purchases.openSlot', change: 'differs' },
    ]
    expect(await migrate({ dryRun: true })).toEqual(planned)
    expect(await migrate({ dryRun: true })).toEqual(planned)
  })

  it('never leaves a moment without the uniqueness that an index keeps', async () => {
    await using database = await openDrifted('billing_purchases', oldSlot)
    const rows = database.connection.collection('billing_purchases')
    await rows.insertMany(Array.from({ length: 20_000 }, (_, i) => ({ openSlot: `slot-${i}` })))
    let isOver = false
    const migrating = mongoStore(database)
      .migrate()
      .finally(() => {
        isOver = true
      })
    const second = (await database.connect()).collection('billing_purchases')
    while (!isOver) await expect(second.insertOne({ openSlot: 'slot-7' })).rejects.toMatchObject({ code: 11000 })
    expect(await migrating).toEqual([{ index: 'billing_purchases.openSlot', change: 'recreated' }])
  })

  it.each<[string, string, Spec]>([
    ['another filter', 'billing_purchases', oldSlot],
    ['another time', 'billing_requests', { name: 'claimedAt', key: { claimedAt: 1 }, expireAfterSeconds: 60 }],
  ])('comes to the same, whoever else replaces one that has %s at the same time', async (_what, of, old) => {
    await using database = await openDrifted(of, old)
    const others = await Promise.all(Array.from({ length: 6 }, () => database.connect()))
    await Promise.all(others.map((connection) => mongoStore({ connection }).migrate()))
    expect(await definitionsOf(database, of, old.name)).toHaveLength(1)
    expect(await mongoStore(database).migrate({ dryRun: true })).toEqual([])
  })

  it('ends what another one left half done, and changes names back and forth', async () => {
    await using database = await openDrifted('billing_purchases', oldSlot)
    const rows = database.connection.collection('billing_purchases')
    await rows.createIndexes([{ name: 'openSlot_2', ...newSlot }])
    const { migrate } = mongoStore(database)
    expect(await migrate({ dryRun: true })).toEqual([{ index: 'billing_purchases.openSlot', change: 'differs' }])
    await migrate()
    expect(await definitionsOf(database, 'billing_purchases', 'openSlot')).toHaveLength(1)

    await rows.dropIndex('openSlot_2')
    await rows.createIndexes([{ ...oldSlot, name: 'openSlot_2' }])
    await migrate()
    expect(await definitionsOf(database, 'billing_purchases', 'openSlot')).toEqual([{ name: 'openSlot', ...newSlot }])
  })

  it("keeps the old index when the new one can't be built, and leaves the host's own alone", async () => {
    const notUnique: Spec = { name: 'accountId', key: { accountId: 1 } }
    await using database = await openDrifted('billing_accounts', notUnique)
    const rows = database.connection.collection('billing_accounts')
    await rows.createIndexes([{ name: 'ours', key: { email: 1 } }])
    await rows.insertMany([{ accountId: 'a' }, { accountId: 'a' }])
    await expect(mongoStore(database).migrate()).rejects.toMatchObject({ code: 11000 })
    expect(await definitionsOf(database, 'billing_accounts', 'accountId')).toEqual([notUnique])
    await rows.deleteMany({})
    await mongoStore(database).migrate()
    expect(await definitionsOf(database, 'billing_accounts', 'email')).toHaveLength(1)
  })

  it('is not waited for by stores that find the index in another form, or under another name', async () => {
    await using database = await openDrifted('billing_purchases', oldSlot)
    expect(await mongoStore(database).accounts.ensure({ accountId: 'a', email: null, name: null }, now)).toBeDefined()
    await mongoStore(database).migrate()
    expect(await mongoStore(database).accounts.find('a')).not.toBeNull()
  })
})
