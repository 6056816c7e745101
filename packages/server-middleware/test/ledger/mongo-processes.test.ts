import { v7 } from 'uuid'
import { describe, expect, it } from 'vitest'
import { ledgerIdOf } from '../../src/domain/credits/entry.ts'
import type { LedgerRef } from '../../src/domain/credits/operation.ts'
import type { LedgerDocument } from '../../src/mongo/ledger/documents.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { charge, newLedger, times } from '../contracts/store-fixtures.ts'
import { expectSoundBook, openStore, readBook } from './mongo-books.ts'

const openTwo = async () => {
  const world = await openStore()
  const { ledger } = mongoStore({ connection: await world.database.connect() })
  const documents = world.database.connection.collection<LedgerDocument>('billing_ledgers')
  const change = (ref: LedgerRef, fields: Partial<LedgerDocument>) =>
    documents.updateOne({ _id: ledgerIdOf(ref) }, { $set: fields })
  const read = (ref: LedgerRef) => readBook(world.database.connection, ref)
  const expectSound = (ref: LedgerRef) => expectSoundBook(world.database.connection, ref)
  const { connection } = world.database
  return { ...world, connection, here: world.store.ledger, there: ledger, change, read, expectSound }
}

describe('two processes with one book', () => {
  it('both get their turn, however many others there are', async () => {
    await using two = await openTwo()
    const ref = newLedger(2_000)
    const post = (ledger: typeof two.here, name: string) =>
      Promise.all(times(400, (i) => ledger.post(ref, charge(`${name}${i}`))))
    const postings = await Promise.all([post(two.here, 'a'), post(two.there, 'b')])
    expect(new Set(postings.flat().map(({ outcome }) => outcome))).toEqual(new Set(['posted']))
    expect(await two.expectSound(ref)).toHaveLength(801)
  })

  it('wait while somebody has a turn, and no longer when that one is done', async () => {
    await using two = await openTwo()
    const ref = newLedger(10)
    await two.here.post(ref, charge('first'))
    await two.change(ref, { rev: 'claimed', turn: 'somebody' })
    const waiting = two.there.post(ref, charge('second'))
    await new Promise((resolve) => setTimeout(resolve, 50))
    expect((await two.read(ref)).entries).toHaveLength(2)
    await two.change(ref, { turn: null })
    expect(await waiting).toMatchObject({ outcome: 'posted' })
  })

  it('go on when whoever had a turn has died', async () => {
    await using two = await openTwo()
    const ref = newLedger(10)
    await two.here.post(ref, charge('first'))
    await two.change(ref, { rev: 'claimed', turn: 'the dead' })
    expect(await two.here.post(ref, charge('second'))).toMatchObject({ outcome: 'posted' })
    expect((await two.read(ref)).document.turn).toBeNull()
  })
})

describe('what a process leaves behind', () => {
  it('is archived by a sweep, once, and its book is clean then', async () => {
    await using two = await openTwo()
    const ref = newLedger(1_000)
    const doomed = await two.database.connect()
    const { ledger } = mongoStore({ connection: doomed })
    await Promise.all(times(40, (i) => ledger.post(ref, charge(`c${i}`))))
    await doomed.close()
    expect(await two.read(ref)).toMatchObject({ archived: { length: 0 }, document: { dirtyAt: expect.any(Date) } })
    expect(await two.here.tidy(new Date(Date.now() - 60_000))).toBe(0)
    expect(await two.here.tidy(new Date(Date.now() + 1))).toBe(1)
    expect(await two.here.tidy(new Date(Date.now() + 1))).toBe(0)
    expect(await two.read(ref)).toMatchObject({
      archived: { length: 41 },
      document: { dirtyAt: null, archivedSeq: 41 },
    })
    await two.here.post(ref, charge('last'))
    expect(await two.expectSound(ref)).toHaveLength(42)
  })

  it('is dated again by the next write of whoever did not see the sweep', async () => {
    await using two = await openTwo()
    const ref = newLedger(10)
    await two.there.post(ref, charge('a'))
    await two.here.tidy(new Date(Date.now() + 1))
    expect((await two.read(ref)).document.dirtyAt).toBeNull()
    await two.there.post(ref, charge('b'))
    expect((await two.read(ref)).document.dirtyAt).toBeInstanceOf(Date)
  })

  it('is dated: a book is dirty from its first entry that is not archived', async () => {
    await using two = await openTwo()
    const ref = newLedger(10)
    const before = Date.now()
    await two.here.post(ref, charge('a'))
    const { dirtyAt } = (await two.read(ref)).document
    expect(dirtyAt?.getTime()).toBeGreaterThanOrEqual(before)
    expect(dirtyAt?.getTime()).toBeLessThanOrEqual(Date.now())
  })
})

describe('keys that carry their time', () => {
  it('are found in the archive when they are old, and when their clock ran far ahead', async () => {
    await using two = await openTwo()
    const ref = newLedger(1_000)
    const keys = [v7(), v7({ msecs: Date.parse('2100-01-01') })]
    for (const key of keys) await two.here.post(ref, charge(key))
    await Promise.all(times(100, () => two.here.post(ref, charge(v7()))))
    await two.store.close()
    await two.here.post(ref, charge(v7()))
    expect((await two.read(ref)).recent.map(({ key }) => key)).not.toContain(keys[0])
    const again = await Promise.all(keys.map((key) => two.there.post(ref, charge(key))))
    expect(again.map(({ outcome }) => outcome)).toEqual(['replayed', 'replayed'])
    expect(await two.there.post(ref, charge(v7()))).toMatchObject({ outcome: 'posted' })
    expect((await two.read(ref)).document.trimmed.floor).toBeLessThan(Date.now() + 1)
  })
})
