import { describe, expect, it } from 'vitest'
import type { BookEntry } from '../../src/domain/credits/entry.ts'
import type { LedgerDocument } from '../../src/mongo/ledger/documents.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { charge, grant, newLedger, times } from '../contracts/store-fixtures.ts'
import { expectSoundBook, openStore, readBook } from './mongo-books.ts'

/** Without the oldest write, there were too few. */
const expectFewest = ({ recent: writes, seq }: LedgerDocument, recent: readonly BookEntry[]): void => {
  const [, second = 0] = Object.keys(writes).map(Number)
  expect(recent.length).toBeGreaterThanOrEqual(16)
  expect(seq + 1 - second).toBeLessThan(16)
}

describe('a ledger in MongoDB', () => {
  it('folds to its state, hash by hash', async () => {
    await using world = await openStore()
    const ref = newLedger(10)
    await world.store.ledger.post(ref, grant('pack', 100))
    await Promise.all(times(150, (i) => world.store.ledger.post(ref, charge(`c${i}`))))
    expect(await expectSoundBook(world.database.connection, ref)).toHaveLength(112)
  })

  it('merges requests that come at once into few writes', async () => {
    await using world = await openStore()
    const ref = newLedger(1_000)
    const revs = new Set<unknown>()
    await world.store.ledger.post(ref, charge('first'))
    let isDone = false
    const watching = (async () => {
      while (!isDone) revs.add((await readBook(world.database.connection, ref)).document.rev)
    })()
    await Promise.all(times(640, (i) => world.store.ledger.post(ref, charge(`c${i}`))))
    isDone = true
    await watching
    expect(revs.size).toBeLessThanOrEqual(13)
  })

  it('stays small: what is archived leaves it with a later write', async () => {
    await using world = await openStore()
    const ref = newLedger(1_000)
    await Promise.all(times(300, (i) => world.store.ledger.post(ref, charge(`c${i}`))))
    await world.store.close()
    expect((await readBook(world.database.connection, ref)).archived).toHaveLength(301)
    await world.store.ledger.post(ref, charge('last'))
    const { document, recent, entries } = await readBook(world.database.connection, ref)
    expect(entries).toHaveLength(302)
    expectFewest(document, recent)
  })

  it('loses nothing when its process dies before it archives', async () => {
    await using world = await openStore()
    const { connection, connect } = world.database
    const ref = newLedger(1_000)
    const doomed = await connect()
    const { ledger } = mongoStore({ connection: doomed })
    await Promise.all(times(40, (i) => ledger.post(ref, charge(`c${i}`))))
    await doomed.close()
    expect(await readBook(connection, ref)).toMatchObject({ recent: { length: 41 }, archived: { length: 0 } })

    const next = mongoStore({ connection: await connect() })
    expect(await next.ledger.post(ref, charge('c0'))).toMatchObject({ outcome: 'replayed' })
    await next.close()
    await next.ledger.post(ref, charge('last'))
    const { document, recent, archived } = await readBook(connection, ref)
    expectFewest(document, recent)
    expect(archived).toHaveLength(41)
    expect(await expectSoundBook(connection, ref)).toHaveLength(42)
  })

  it('copies nothing twice when its process dies after it has archived', async () => {
    await using world = await openStore()
    const { connection, connect } = world.database
    const ref = newLedger(1_000)
    await Promise.all(times(50, (i) => world.store.ledger.post(ref, charge(`c${i}`))))
    await world.store.close()
    const next = mongoStore({ connection: await connect() })
    await next.ledger.post(ref, charge('one'))
    await next.close()
    await next.ledger.post(ref, charge('two'))
    expect((await readBook(connection, ref)).archived).toHaveLength(52)
    expect(await expectSoundBook(connection, ref)).toHaveLength(53)
  })

  it('archives by itself, soon', async () => {
    await using world = await openStore()
    const ref = newLedger(10)
    await world.store.ledger.post(ref, charge('a'))
    await expect
      .poll(async () => (await readBook(world.database.connection, ref)).archived.length, { timeout: 5_000 })
      .toBe(2)
  })

  it('replays keys that have left its document', async () => {
    await using world = await openStore()
    const { ledger } = world.store
    const ref = newLedger(1_000)
    const first = await ledger.post(ref, charge('old', 2))
    await Promise.all(times(100, (i) => ledger.post(ref, charge(`c${i}`))))
    await world.store.close()
    await ledger.post(ref, charge('last'))
    const again = await Promise.all([ledger.post(ref, charge('old', 2)), ledger.post(ref, charge('new', 2))])
    expect(again.map(({ outcome }) => outcome)).toEqual(['replayed', 'posted'])
    expect(again[0]).toMatchObject({ entry: 'entry' in first && first.entry })
    expect(await ledger.post(ref, charge('old', 3))).toEqual({ outcome: 'conflict' })
  })

  it('asks those to come back later who find too many waiting', async () => {
    await using world = await openStore()
    const ref = newLedger(10_000)
    const postings = await Promise.allSettled(times(1_500, (i) => world.store.ledger.post(ref, charge(`c${i}`))))
    const refused = postings.filter(({ status }) => status === 'rejected')
    expect(refused.length).toBeGreaterThan(0)
    expect(refused[0]).toMatchObject({ reason: { code: 'too_many_requests', details: { retryAfterSeconds: 1 } } })
    expect(await expectSoundBook(world.database.connection, ref)).toHaveLength(1 + 1_500 - refused.length)
  })
})
