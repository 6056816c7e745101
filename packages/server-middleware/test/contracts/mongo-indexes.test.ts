import { describe, expect, it } from 'vitest'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { charge, newEvent, newLedger, newPurchase, now } from './store-fixtures.ts'
import { openDatabase } from './store-world.ts'

const unmigrated = { code: 'misconfigured', message: expect.stringContaining('migrate()') }

describe('indexes', () => {
  it('are made by a migration, once', async () => {
    await using database = await openDatabase()
    const store = mongoStore({ connection: database.connection })
    const made = await store.migrate()
    expect(made.map(({ index }) => index)).toEqual(
      expect.arrayContaining([
        'billing_accounts.accountId',
        'billing_accounts.providerCustomerId',
        'billing_purchases.openSlot',
        'billing_purchases.providerPaymentId',
        'billing_checkouts.openSlot',
        'billing_ledger_entries.key',
        'billing_provider_events.expiresAt',
        'billing_requests.claimedAt',
      ]),
    )
    expect(await store.migrate()).toEqual([])
  })

  it('are waited for: without them nothing is read or written, nor made in passing', async () => {
    await using database = await openDatabase()
    const { connection } = database
    const store = mongoStore({ connection })
    await expect(store.purchases.open(newPurchase())).rejects.toMatchObject(unmigrated)
    await expect(store.ledger.post(newLedger(1), charge('a'))).rejects.toMatchObject(unmigrated)
    await expect(store.ledger.read(newLedger(1))).rejects.toMatchObject(unmigrated)
    expect(await connection.listCollections()).toEqual([])
    await store.migrate()
    expect(await store.ledger.post(newLedger(1), charge('a'))).toMatchObject({ outcome: 'posted' })
  })

  it('are missed when somebody has dropped one', async () => {
    await using database = await openDatabase()
    await mongoStore({ connection: database.connection }).migrate()
    await database.connection.collection('billing_checkouts').dropIndex('openSlot')
    const store = mongoStore({ connection: database.connection })
    await expect(store.accounts.find('a')).rejects.toMatchObject({ code: 'misconfigured' })
    expect(await store.migrate()).toEqual([{ index: 'billing_checkouts.openSlot', change: 'created' }])
    expect(await store.accounts.find('a')).toBeNull()
  })

  it('let events go when their time has come, requests after 30 days, and nothing else that matters', async () => {
    await using database = await openDatabase()
    const { connection } = database
    await mongoStore({ connection }).migrate()
    const expiring: Record<string, number> = {}
    for (const { name } of await connection.listCollections()) {
      const indexes = await connection.collection(name).indexes()
      const seconds = indexes.find((index) => index.expireAfterSeconds !== undefined)?.expireAfterSeconds
      if (seconds !== undefined) expiring[name] = seconds / 86_400
    }
    expect(expiring).toEqual({
      billing_provider_events: 0,
      billing_notifications: 0,
      billing_requests: 30,
      billing_portal_visits: 7,
    })
  })

  it('keep a done event for 45 days and a dead one for a year, from when it is settled', async () => {
    await using database = await openDatabase()
    const { connection } = database
    const { events, migrate } = mongoStore({ connection })
    await migrate()
    const [done, dead] = [newEvent(), newEvent()]
    for (const event of [done, dead]) await events.claim(event, { owner: 'o', now, until: now })
    const keptDays = async (id: string) => {
      const row = await connection
        .collection<{ _id: string; expiresAt: Date | null }>('billing_provider_events')
        .findOne({ _id: id })
      return row?.expiresAt && (row.expiresAt.getTime() - now.getTime()) / 86_400_000
    }

    expect([await keptDays(done.id), await keptDays(dead.id)]).toEqual([null, null])
    await events.settle([done.id], 'o', { state: 'done', now })
    await events.fail(dead.id, 'o', { error: 'unknown shape', now, retryAt: null })
    expect([await keptDays(done.id), await keptDays(dead.id)]).toEqual([45, 365])
  })

  it('keep a notification for 90 days after it was sent or given up', async () => {
    await using database = await openDatabase()
    const { connection } = database
    const { notifications, migrate } = mongoStore({ connection })
    await migrate()
    const recipient = { email: 'owner@example.com', name: null, locale: 'en-US' }
    const about = { accountId: null, eventId: 'evt_1', eventType: 'invoice.paid', error: 'unknown shape' }
    const effect = { key: 'event.dead:evt_1', type: 'event.dead', ...about } as const
    for (const key of ['sent', 'dead']) {
      await notifications.claim({ key, kind: 'dead_letter', effect, recipient }, { owner: 'o', now, until: now })
    }
    await notifications.sent('sent', 'o', now)
    await notifications.fail('dead', 'o', { error: 'no such mailbox', now, retryAt: null })
    const rows = await connection.collection<{ expiresAt: Date }>('billing_notifications').find().toArray()
    expect(rows.map(({ expiresAt }) => (expiresAt.getTime() - now.getTime()) / 86_400_000)).toEqual([90, 90])
  })

  it('keep two installations apart by their prefix', async () => {
    await using database = await openDatabase()
    const { connection } = database
    const [a, b] = [mongoStore({ connection, prefix: 'a_' }), mongoStore({ connection, prefix: 'b_' })]
    await a.migrate()
    await b.migrate()
    const event = newEvent()
    const lease = { owner: 'o', now, until: now }
    expect(await a.events.claim(event, lease)).toMatchObject({ outcome: 'mine' })
    expect(await b.events.claim(event, lease)).toMatchObject({ outcome: 'mine' })
    const names = (await connection.listCollections()).map(({ name }) => name)
    expect(names.every((name) => name.startsWith('a_') || name.startsWith('b_'))).toBe(true)
  })

  it("leave the host's plugins and options out of our collections", async () => {
    await using database = await openDatabase()
    const { connection } = database
    const store = mongoStore({ connection })
    await store.migrate()
    await store.accounts.ensure({ accountId: 'a', email: null, name: null }, now)
    expect(connection.modelNames()).toEqual([])
    expect(await connection.collection('billing_accounts').findOne({ accountId: 'a' })).not.toHaveProperty('__v')
  })
})
