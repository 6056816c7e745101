import { createHash } from 'node:crypto'
import type { Connection } from 'mongoose'
import { describe, expect, it } from 'vitest'
import { type BookEntry, ledgerIdOf } from '../../src/domain/credits/entry.ts'
import type { LedgerRef } from '../../src/domain/credits/operation.ts'
import { applyEntry, emptyState, type LedgerState } from '../../src/domain/credits/state.ts'
import {
  type ArchivedDocument,
  fromArchived,
  type LedgerDocument,
  toRecent,
  toState,
} from '../../src/mongo/ledger/documents.ts'
import { mongoStore } from '../../src/mongo/mongo-store.ts'
import { charge, grant, newLedger, times } from '../contracts/store-fixtures.ts'
import { openDatabase } from '../contracts/store-world.ts'
import { flawsOf } from './sound.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('base64url')

/** What is on disk: the document, the archive, and both together. */
const readBook = async (connection: Connection, ref: LedgerRef) => {
  const _id = ledgerIdOf(ref)
  const document = await connection.collection<LedgerDocument>('billing_ledgers').findOne<LedgerDocument>({ _id })
  if (!document) throw new Error(`There is no ledger ${_id}.`)
  const rows = connection.collection<ArchivedDocument>('billing_ledger_entries')
  const archived = (await rows.find<ArchivedDocument>({ ledger: _id }).toArray()).map(fromArchived)
  const recent = toRecent(document)
  const all = new Map<number, BookEntry>([...archived, ...recent].map((entry) => [entry.seq, entry]))
  const entries = [...all.values()].sort((a, b) => a.seq - b.seq)
  return { document, recent, archived, entries }
}

const expectSoundBook = async (connection: Connection, ref: LedgerRef): Promise<readonly BookEntry[]> => {
  const { entries, document } = await readBook(connection, ref)
  expect(flawsOf(entries, hash)).toEqual([])
  expect(entries.reduce<LedgerState>(applyEntry, emptyState)).toEqual(toState(document))
  return entries
}

const openStore = async () => {
  const database = await openDatabase()
  const store = mongoStore({ connection: database.connection })
  await store.migrate()
  return { database, store, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() }
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
    const { recent, entries } = await readBook(world.database.connection, ref)
    expect(recent).toHaveLength(32)
    expect(entries).toHaveLength(302)
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
    const { recent, archived } = await readBook(connection, ref)
    expect(recent).toHaveLength(32)
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
