import mongoose from 'mongoose'
import { describe, expect, it } from 'vitest'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { openGate } from '../ledger/tcp-gate.ts'
import { charge, later, newEvent, newLedger, now, times, unique } from './store-fixtures.ts'
import { openDatabase } from './store-world.ts'

/** A store whose way to the database goes through a gate, and one that goes straight. */
const openGatedStore = async () => {
  const database = await openDatabase()
  const straight = mongoStore({ connection: database.connection })
  await straight.migrate()
  const gate = await openGate({ host: database.connection.host, port: database.connection.port })
  const gated = `mongodb://127.0.0.1:${gate.port}/?directConnection=true`
  const connection = await mongoose.createConnection(gated, { dbName: database.connection.name }).asPromise()
  const store = mongoStore({ connection })
  return {
    gate,
    store,
    straight,
    async [Symbol.asyncDispose]() {
      gate.open()
      await connection.close()
      await gate[Symbol.asyncDispose]()
      await database[Symbol.asyncDispose]()
    },
  }
}

const leaseOf = (owner: string) => ({ owner, now, until: later(now, 60_000) })

describe('when the database cannot be reached', { timeout: 30_000 }, () => {
  it('says within seconds that nothing can be read', async () => {
    await using world = await openGatedStore()
    await world.store.ping()
    world.gate.close()
    const startedAt = performance.now()
    const answers = await Promise.allSettled([
      world.store.ping(),
      world.store.accounts.ensure({ accountId: unique('a'), email: null, name: null }, now),
      world.store.ledger.read(newLedger(1)),
    ])
    for (const answer of answers) {
      expect(answer).toMatchObject({ status: 'rejected', reason: { name: 'BillingError', code: 'store_unavailable' } })
    }
    expect(performance.now() - startedAt).toBeLessThan(6_000)
  })

  it('says of a charge that was on its way that its outcome is unknown, and the key finds it later', async () => {
    await using world = await openGatedStore()
    const ref = newLedger(10)
    await world.store.ledger.post(ref, charge('warm'))
    world.gate.close()
    await expect(world.store.ledger.post(ref, charge('lost', 3))).rejects.toMatchObject({ code: 'outcome_unknown' })
    world.gate.open()
    const again = await world.store.ledger.post(ref, charge('lost', 3))
    expect(['posted', 'replayed']).toContain(again.outcome)
    expect(await world.straight.ledger.read(ref)).toMatchObject({ available: 6, spent: 4 })
  })

  it('gives a webhook whose claim was lost on the way to the next who asks', async () => {
    await using world = await openGatedStore()
    const { events } = world.straight
    await world.store.events.state()
    const event = newEvent()
    world.gate.close()
    await expect(world.store.events.claim(event, leaseOf('lost'))).rejects.toMatchObject({ code: 'store_unavailable' })
    expect(await events.find(event.id)).toBeNull()
    world.gate.open()
    await expect.poll(() => events.find(event.id), { timeout: 10_000 }).not.toBeNull()
    const next = () => events.claim(event, leaseOf('next'))
    await expect.poll(next, { timeout: 5_000 }).toMatchObject({ outcome: 'mine' })
  })

  it('goes on by itself when connections break', async () => {
    await using world = await openGatedStore()
    const ref = newLedger(100)
    await world.store.ledger.post(ref, charge('warm'))
    const charging = times(20, (i) => world.store.ledger.post(ref, charge(`c${i}`)))
    world.gate.cut()
    const settled = await Promise.allSettled(charging)
    const again = await Promise.all(times(20, (i) => world.store.ledger.post(ref, charge(`c${i}`))))
    expect(again.every(({ outcome }) => outcome === 'replayed' || outcome === 'posted')).toBe(true)
    expect(settled.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThan(0)
    expect(await world.straight.ledger.read(ref)).toMatchObject({ available: 79 })
  })
})
