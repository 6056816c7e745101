import { describe, expect, it } from 'vitest'
import type { LedgerEntry, LedgerRef, Posting } from '../../src/domain/credits/operation.ts'
import type { BillingStore } from '../../src/ports/store.ts'
import { charge, grant, later, newLedger, note, shareWorld, times } from './store-fixtures.ts'
import type { OpenStores } from './store-world.ts'

const everything = { before: null, limit: 10_000 }

/** The book as a reader finds it adds up: complete, in order, each key once, and as much as the balance says. */
const expectSoundBook = async ({ ledger }: BillingStore, ref: LedgerRef): Promise<readonly LedgerEntry[]> => {
  const entries = (await ledger.list(ref, everything)).toReversed()
  const { available } = await ledger.read(ref)
  expect(entries.map(({ seq }) => seq)).toEqual(times(entries.length, (i) => i + 1))
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length)
  expect(entries.reduce((sum, { credits }) => sum + credits, 0)).toBe(available)
  expect(entries.at(-1)?.balanceAfter).toBe(available)
  expect(Math.min(...entries.map(({ balanceAfter }) => balanceAfter))).toBeGreaterThanOrEqual(0)
  return entries
}

export const describeLedger = (open: OpenStores): void => {
  describe('the ledger', () => {
    const world = shareWorld(open)

    it('lets exactly fifty of two hundred parallel charges pass on fifty credits', async () => {
      const { store, other } = world()
      const ref = newLedger()
      await store.ledger.post(ref, grant('pack', 50))
      const charging = times(200, (i) => (i % 2 ? store : other).ledger.post(ref, charge(`c${i}`)))
      const outcomes = (await Promise.all(charging)).map(({ outcome }) => outcome)
      expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(50)
      expect(outcomes.filter((outcome) => outcome === 'insufficient')).toHaveLength(150)
      expect(await expectSoundBook(store, ref)).toHaveLength(51)
      expect(await other.ledger.read(ref)).toMatchObject({ available: 0, spent: 50 })
    })

    it('writes one entry for a key that comes fifty times, twenty at once', async () => {
      const { store, other } = world()
      const ref = newLedger(10)
      const again = (i: number) => (i % 2 ? store : other).ledger.post(ref, charge('same', 3))
      const atOnce = await Promise.all(times(20, again))
      const oneByOne: Posting[] = []
      for (let i = 0; i < 30; i += 1) oneByOne.push(await again(i))
      const postings = [...atOnce, ...oneByOne]
      expect(postings.filter(({ outcome }) => outcome === 'posted')).toHaveLength(1)
      expect(postings.filter(({ outcome }) => outcome === 'replayed')).toHaveLength(49)
      expect(await expectSoundBook(store, ref)).toHaveLength(2)
    })

    it('starts with the free uses once, however many come first', async () => {
      const { store, other } = world()
      const ref = newLedger(5)
      expect(await store.ledger.read(ref)).toMatchObject({ available: 5 })
      expect(await store.ledger.list(ref, everything)).toEqual([])
      const charging = times(20, (i) => (i % 2 ? store : other).ledger.post(ref, charge(`c${i}`)))
      const outcomes = (await Promise.all(charging)).map(({ outcome }) => outcome)
      expect(outcomes.filter((outcome) => outcome === 'posted')).toHaveLength(5)
      expect(await expectSoundBook(store, ref)).toHaveLength(6)
    })

    it('sees at once what another process granted', async () => {
      const { store, other } = world()
      const ref = newLedger(1)
      await store.ledger.post(ref, charge('a'))
      await other.ledger.post(ref, grant('pack', 5))
      expect(await store.ledger.post(ref, charge('b', 5))).toMatchObject({ outcome: 'posted' })
    })

    it('writes nothing for a refusal', async () => {
      const { store } = world()
      const ref = newLedger()
      expect(await store.ledger.post(ref, charge('a'))).toMatchObject({ outcome: 'insufficient' })
      expect(await store.ledger.list(ref, everything)).toEqual([])
    })

    it('refuses a key that comes with other content, from whichever process', async () => {
      const { store, other } = world()
      const ref = newLedger(10)
      await store.ledger.post(ref, charge('a', 1))
      expect(await other.ledger.post(ref, charge('a', 2))).toEqual({ outcome: 'conflict' })
    })

    it('keeps notes as they were written', async () => {
      const { store, other } = world()
      const ref = newLedger(1)
      await store.ledger.post(ref, charge('a'))
      const [entry] = await other.ledger.list(ref, everything)
      expect(entry).toEqual({
        id: `${ref.accountRef}:uses:2`,
        seq: 2,
        op: 'charge',
        key: 'a',
        credits: -1,
        balanceAfter: 0,
        note,
        at: world().clock.now(),
      })
    })

    it('lets credits expire on their date', async () => {
      await using fresh = await open()
      const { store, clock } = fresh
      const ref = newLedger(1)
      const expiresAt = later(clock.now(), 1_000)
      await store.ledger.post(ref, grant('pack', 5, expiresAt))
      clock.advance(999)
      expect(await store.ledger.read(ref)).toMatchObject({ available: 6, nextExpiryAt: expiresAt })
      clock.advance(1)
      expect(await store.ledger.read(ref)).toMatchObject({ available: 1 })
      await store.ledger.post(ref, charge('a'))
      expect((await expectSoundBook(store, ref)).map(({ op }) => op)).toEqual(['grant', 'grant', 'expire', 'charge'])
    })

    it('starts a top-up once among many that leave too few credits, and remembers it', async () => {
      const { store, other, clock } = world()
      const ref = newLedger()
      const terms = { threshold: 45, packId: 'uses20' }
      await store.ledger.post(ref, grant('pack', 50))
      await store.ledger.post(ref, { op: 'set_top_up', key: 'set', terms, note })
      const charging = times(20, (i) => (i % 2 ? store : other).ledger.post(ref, charge(`c${i}`)))
      const postings = await Promise.all(charging)
      const { topUp } = await other.ledger.read(ref)
      // 50, the order, and the sixth charge.
      expect(topUp).toEqual({
        terms,
        started: { seq: 8, triedBy: 8, triedAt: clock.now() },
        startedAt: [clock.now()],
        declines: 0,
        pausedUntil: null,
      })
      const starting = postings.filter(
        (posting) => 'entry' in posting && posting.entry.seq === posting.balance.topUp.started?.triedBy,
      )
      expect(starting).toHaveLength(1)
      await expectSoundBook(store, ref)
    })

    it('keeps the books of accounts and units apart', async () => {
      const { store } = world()
      const ref = newLedger(1)
      await store.ledger.post(ref, charge('a'))
      expect(await store.ledger.read({ ...ref, unit: 'minutes' })).toMatchObject({ available: 1 })
      expect(await store.ledger.read(newLedger(1))).toMatchObject({ available: 1 })
    })

    it('captures a hold that another process has opened since it last looked', async () => {
      const { store, other } = world()
      const ref = newLedger(10)
      await store.ledger.post(ref, charge('a'))
      const opened = await other.ledger.post(ref, { op: 'hold', key: 'b', credits: 3, lastsSeconds: 60, note })
      const holdId = 'balance' in opened ? (opened.balance.holds[0]?.id ?? '') : ''
      const captured = await store.ledger.post(ref, {
        op: 'capture',
        key: 'c',
        holdId,
        credits: 3,
        allowExtra: false,
        note,
      })
      expect(captured).toMatchObject({ outcome: 'posted', balance: { available: 6, held: 0 } })
    })

    it('refuses what is no whole number of credits, without harm to its neighbours', async () => {
      const { store } = world()
      const ref = newLedger(10)
      const [good, bad, alsoGood] = await Promise.allSettled([
        store.ledger.post(ref, charge('a', 1)),
        store.ledger.post(ref, charge('b', 0.5)),
        store.ledger.post(ref, charge('c', 1)),
      ])
      expect(bad).toMatchObject({ status: 'rejected', reason: { code: 'invalid_request' } })
      expect([good, alsoGood].map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled'])
    })

    it('lists newest first, page by page, over more entries than stay at hand', { timeout: 60_000 }, async () => {
      const { store, other } = world()
      const ref = newLedger()
      await store.ledger.post(ref, grant('pack', 1_000))
      for (let round = 0; round < 5; round += 1) {
        await Promise.all(times(100, (i) => store.ledger.post(ref, charge(`r${round}-${i}`))))
      }
      await store.close()
      await store.ledger.post(ref, charge('last'))
      const entries = await expectSoundBook(other, ref)
      expect(entries).toHaveLength(502)
      const page = await store.ledger.list(ref, { before: 400, limit: 3 })
      expect(page.map(({ seq }) => seq)).toEqual([399, 398, 397])
      expect(await store.ledger.post(ref, charge('r0-0'))).toMatchObject({ outcome: 'replayed', entry: entries[1] })
      expect(await other.ledger.post(ref, charge('r0-0', 2))).toEqual({ outcome: 'conflict' })
    })
  })
}
