import { describe, expect, it } from 'vitest'
import { minutesLater, openBook } from '../../../test/ledger/open-book.ts'
import type { Note } from './operation.ts'
import { topUpIdOf } from './top-up.ts'

const note: Note = { description: '', metadata: {}, amountMinor: null, currency: null }
const ledger = { accountRef: 'acme', unit: 'uses', freeUses: 0, overdraft: 0, shortfall: 'debt' } as const

/** A book with twenty credits that buys a pack as soon as fewer than ten are left. */
const openTopped = (threshold = 10) => {
  const book = openBook(20)
  let keys = 0
  const key = () => {
    keys += 1
    return `key${keys}`
  }
  const topUp = () => book.state().topUp
  const does = {
    topUp,
    set: (terms: { threshold: number; packId: string } | null, minute = 0) =>
      book.run({ op: 'set_top_up', terms, key: key(), note }, minutesLater(minute)),
    charge: (credits: number, minute = 0) =>
      book.run({ op: 'charge', credits, key: key(), note }, minutesLater(minute)),
    /** The purchase that was started brings its credits. */
    pays: (credits: number, minute = 0) => {
      const source = { purchaseId: topUpIdOf(ledger, topUp().started?.seq ?? 0) }
      const grant = { kind: 'paid', credits, effectiveAt: null, expiresAt: null, rollover: null, source } as const
      return book.run({ op: 'grant', grant, key: key(), note }, minutesLater(minute))
    },
    declines: (minute = 0) =>
      book.run({ op: 'decline_top_up', startedBy: topUp().started?.seq ?? 0, key: key(), note }, minutesLater(minute)),
    hold: (credits: number, minute = 0) =>
      book.run({ op: 'hold', credits, lastsSeconds: 60, key: key(), note }, minutesLater(minute)),
  }
  does.set({ threshold, packId: 'uses20' })
  return { ...book, ...does }
}

describe('a top-up', () => {
  it('is started by the entry that leaves too few credits, and by no other', () => {
    const book = openTopped()
    book.charge(10)
    expect(book.topUp().started).toBeNull()
    const crossing = book.charge(1)
    expect(crossing).toMatchObject({ outcome: 'posted', entry: { seq: book.topUp().started?.seq } })
    const { started } = book.topUp()
    book.charge(1)
    expect(book.topUp().started).toEqual(started)
  })

  it('is taken over a minute later by one entry, then by one a minute after that', () => {
    const book = openTopped()
    const { entry } = book.charge(15) as { entry: { seq: number } }
    book.charge(1, 0.9)
    expect(book.topUp().started).toEqual({ seq: entry.seq, triedBy: entry.seq, triedAt: minutesLater(0) })
    book.charge(1, 1)
    book.charge(1, 1.5)
    const taken = { seq: entry.seq, triedBy: entry.seq + 2, triedAt: minutesLater(1) }
    expect(book.topUp()).toMatchObject({ started: taken, startedAt: [minutesLater(0)] })
    book.charge(1, 2)
    expect(book.topUp().started).toMatchObject({ seq: entry.seq, triedBy: entry.seq + 4 })
  })

  it('is started by credits that are held, and by being turned on too late', () => {
    const held = openTopped()
    held.hold(15)
    expect(held.topUp().started).not.toBeNull()
    const late = openTopped(30)
    expect(late.topUp().started).not.toBeNull()
  })

  it('is not started by a refusal, by what is granted, or when it is off', () => {
    const book = openTopped()
    expect(book.charge(50).outcome).toBe('insufficient')
    expect(book.topUp().started).toBeNull()
    book.set(null)
    book.charge(20)
    book.pays(5)
    expect(book.topUp().started).toBeNull()
  })

  it('ends with the credits that it bought, and can start again', () => {
    const book = openTopped()
    book.charge(15)
    book.pays(20, 1)
    expect(book.topUp()).toMatchObject({ started: null, declines: 0 })
    book.charge(18, 2)
    expect(book.topUp().started).not.toBeNull()
  })

  it('does not end with credits that came from elsewhere', () => {
    const book = openTopped()
    book.charge(15)
    const grant = { kind: 'paid', credits: 9, effectiveAt: null, expiresAt: null, rollover: null, source: {} } as const
    book.run({ op: 'grant', grant, key: 'other', note })
    expect(book.topUp().started).not.toBeNull()
  })

  it('starts twice in ten minutes, and not a third time', () => {
    const book = openTopped()
    book.charge(15)
    book.pays(10, 1)
    book.charge(10, 2)
    book.pays(10, 3)
    book.charge(10, 4)
    expect(book.topUp()).toMatchObject({ started: null, startedAt: [minutesLater(0), minutesLater(2)] })
    book.charge(1, 9)
    expect(book.topUp().started).toBeNull()
    book.charge(1, 10)
    expect(book.topUp()).toMatchObject({ startedAt: [minutesLater(2), minutesLater(10)] })
  })

  it('pauses for an hour when its payment is declined', () => {
    const book = openTopped()
    book.charge(11)
    book.declines(1)
    book.charge(1, 60)
    expect(book.topUp()).toMatchObject({ started: null, declines: 1, pausedUntil: minutesLater(61) })
    book.charge(1, 61)
    expect(book.topUp().started).not.toBeNull()
  })

  it('stops after three declines in a row, until it is set anew', () => {
    const book = openTopped()
    for (const hour of [0, 1, 2]) {
      book.charge(4, hour * 61)
      if (hour === 0) book.charge(7, 0)
      expect(book.topUp().started).not.toBeNull()
      book.declines(hour * 61)
    }
    book.charge(1, 300)
    expect(book.topUp()).toMatchObject({ started: null, declines: 3 })
    book.set({ threshold: 10, packId: 'uses20' }, 301)
    expect(book.topUp()).toMatchObject({ declines: 0 })
    expect(book.topUp().started).not.toBeNull()
  })

  it('forgets declines when a payment goes through, and a decline that is heard of too late', () => {
    const book = openTopped()
    book.charge(11)
    book.declines(0)
    book.charge(1, 61)
    book.pays(20, 62)
    expect(book.topUp()).toMatchObject({ declines: 0, pausedUntil: null })
    book.run({ op: 'decline_top_up', startedBy: 3, key: 'late', note }, minutesLater(63))
    expect(book.topUp()).toMatchObject({ declines: 0 })
  })

  it('is called off by turning it off, and starts no more often for being turned on again', () => {
    const book = openTopped()
    book.charge(15)
    for (const minute of [1, 2, 3]) {
      book.set(null, minute)
      expect(book.topUp().started).toBeNull()
      book.set({ threshold: 10, packId: 'uses20' }, minute)
    }
    expect(book.topUp()).toMatchObject({ started: null, startedAt: [minutesLater(0), minutesLater(1)] })
  })

  it.each([0, -1, 1.5])('has no threshold of %s', (threshold) => {
    expect(() => openTopped(threshold)).toThrow('threshold')
  })
})
