import { describe, expect, test } from 'vitest'
import type { Operation } from '../../src/domain/credits/operation.ts'
import type { GrantTerms } from '../../src/domain/credits/state.ts'
import { minutesLater, openBook } from './open-book.ts'

const note = { description: '', metadata: {}, amountMinor: null, currency: null }

const terms = (given: Partial<GrantTerms>): GrantTerms => ({
  kind: 'paid',
  credits: 10,
  effectiveAt: null,
  expiresAt: null,
  rollover: null,
  source: {},
  ...given,
})

const grant = (key: string, given: Partial<GrantTerms> = {}): Operation => ({
  op: 'grant',
  key,
  grant: terms(given),
  note,
})
const charge = (key: string, credits: number): Operation => ({ op: 'charge', key, credits, note })
const hold = (key: string, credits: number, minutes = 5): Operation => ({
  op: 'hold',
  key,
  credits,
  lastsSeconds: minutes * 60,
  note,
})
const capture = (holdId: string, credits: number, allowExtra = false): Operation => ({
  op: 'capture',
  key: `capture:${holdId}`,
  holdId,
  credits,
  allowExtra,
  note,
})
const release = (holdId: string): Operation => ({ op: 'release', key: `release:${holdId}`, holdId, note })

describe('A hold', () => {
  test('sets credits aside that nobody else can spend', () => {
    const book = openBook(10)
    expect(book.run(hold('a', 7))).toMatchObject({
      entry: { op: 'hold', credits: -7, balanceAfter: 3 },
      balance: { available: 3, held: 7, holds: [{ id: 'h2', credits: 7 }] },
    })
    expect(book.run(charge('b', 4))).toMatchObject({ outcome: 'insufficient' })
  })

  test('that is captured in part spends that part and gives back the rest', () => {
    const book = openBook(10)
    book.run(hold('a', 7))
    expect(book.run(capture('h2', 4))).toMatchObject({
      entry: { op: 'capture', credits: 3 },
      balance: { available: 6, held: 0, spent: 4, holds: [] },
    })
  })

  test('gives no more than it holds, unless more may be taken', () => {
    const book = openBook(10)
    book.run(hold('a', 7))
    expect(book.run(capture('h2', 9))).toMatchObject({ outcome: 'exceeds_hold', balance: { held: 7 } })
    expect(book.run(capture('h2', 9, true))).toMatchObject({ outcome: 'posted', balance: { available: 1, spent: 9 } })
  })

  test('is over once', () => {
    const book = openBook(10)
    book.run(hold('a', 7))
    book.run(release('h2'))
    expect(book.run(capture('h2', 1))).toMatchObject({ outcome: 'hold_closed', balance: { available: 10 } })
    expect(book.run(release('h2'))).toMatchObject({ outcome: 'replayed' })
    expect(book.run({ ...release('h2'), key: 'again' })).toMatchObject({ outcome: 'hold_closed' })
  })

  test('that nobody captures in time gives its credits back, and the book says so before the next entry', () => {
    const book = openBook(10)
    book.run(hold('a', 7, 5))
    expect(book.balance(minutesLater(4))).toMatchObject({ available: 3 })
    expect(book.balance(minutesLater(5))).toMatchObject({ available: 10, held: 0 })
    book.run(charge('b', 10), minutesLater(6))
    expect(book.entries.map(({ op, key, credits }) => [op, key, credits])).toEqual([
      ['grant', 'free:acme', 10],
      ['hold', 'a', -7],
      ['timeout', 'timeout:h2', 7],
      ['charge', 'b', -10],
    ])
  })

  test('outlives the expiry of its grant; what comes back later has expired', () => {
    const book = openBook()
    book.run(grant('pack', { expiresAt: minutesLater(2) }))
    book.run(hold('a', 6))
    expect(book.run(capture('h2', 4), minutesLater(3))).toMatchObject({
      balance: { available: 0, held: 0, spent: 4 },
    })
    expect(book.state().totals.expired).toBe(6)
  })

  test.each([
    ['a day and more', 24 * 60 + 1],
    ['no time', 0],
  ])('cannot last %s', (_words, minutes) => {
    expect(() => openBook(10).run(hold('a', 1, minutes))).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })

  test('is refused beside 256 others', () => {
    const book = openBook(1_000)
    for (let i = 0; i < 256; i += 1) book.run(hold(`h${i}`, 1))
    expect(book.run(hold('one more', 1))).toMatchObject({ outcome: 'too_many_holds' })
  })
})

describe('Credits that roll over', () => {
  test('go on for a second term, up to their limit, and then expire', () => {
    const book = openBook()
    const rollover = { upTo: 6, expiresAt: minutesLater(20) }
    book.run(grant('month', { kind: 'plan', expiresAt: minutesLater(10), rollover }))
    expect(book.balance(minutesLater(10))).toMatchObject({ available: 6, nextExpiryAt: minutesLater(20) })
    book.run(charge('a', 1), minutesLater(11))
    expect(book.entries.map(({ op, credits }) => [op, credits])).toEqual([
      ['grant', 10],
      ['expire', -4],
      ['charge', -1],
    ])
    expect(book.balance(minutesLater(20))).toMatchObject({ available: 0 })
  })
})

describe('An overdraft', () => {
  test('lets charges below zero as far as it goes, and the next grant pays for it', () => {
    const book = openBook(5, { overdraft: 10 })
    expect(book.run(charge('a', 16))).toMatchObject({ outcome: 'insufficient' })
    expect(book.run(charge('b', 15))).toMatchObject({ balance: { available: -10, debt: 10, spent: 15 } })
    expect(book.run(grant('pack', { credits: 12 }))).toMatchObject({ balance: { available: 2, debt: 0, spent: 15 } })
  })

  test('is not for holds', () => {
    expect(openBook(5, { overdraft: 10 }).run(hold('a', 6))).toMatchObject({ outcome: 'insufficient' })
  })
})

describe('An operator', () => {
  test('adds credits, and takes those that are there', () => {
    const book = openBook(10)
    expect(book.run({ op: 'adjust', key: 'sorry', credits: 5, note })).toMatchObject({
      balance: { available: 15, remaining: { promotional: 5 } },
    })
    expect(book.run({ op: 'adjust', key: 'too much', credits: -16, note })).toMatchObject({ outcome: 'insufficient' })
    expect(book.run({ op: 'adjust', key: 'fraud', credits: -15, note })).toMatchObject({
      balance: { available: 0, spent: 0 },
    })
  })

  test('freezes a book: it gives nothing out, takes credits in, and keeps its promises to open holds', () => {
    const book = openBook(10)
    book.run(hold('a', 4))
    book.run({ op: 'freeze', key: 'freeze:1', note })
    expect(book.run(charge('b', 1))).toMatchObject({ outcome: 'frozen', balance: { isFrozen: true } })
    expect(book.run(hold('c', 1))).toMatchObject({ outcome: 'frozen' })
    expect(book.run(grant('pack'))).toMatchObject({ outcome: 'posted' })
    expect(book.run(capture('h2', 4))).toMatchObject({ outcome: 'posted' })
    book.run({ op: 'unfreeze', key: 'unfreeze:1', note })
    expect(book.run(charge('b', 1))).toMatchObject({ outcome: 'posted' })
  })
})

describe('A reversal', () => {
  const reverse = (book: ReturnType<typeof openBook>, seq: number, of: Record<string, GrantTerms> = {}): Operation => {
    const entry = book.entries[seq - 1]
    if (!entry) throw new Error(`There is no entry ${seq}.`)
    return { op: 'reverse', key: `reverse:${seq}`, entry: { seq, op: entry.op, legs: entry.legs, terms: of }, note }
  }

  test('of a charge puts the credits back where they came from', () => {
    const book = openBook(3)
    book.run(grant('pack'))
    book.run(charge('a', 5))
    expect(book.run(reverse(book, 3, { g1: terms({ kind: 'free' }) }))).toMatchObject({
      entry: { op: 'reverse', credits: 5 },
      balance: { available: 13, remaining: { free: 3, paid: 10 }, spent: 0 },
    })
  })

  test('happens once', () => {
    const book = openBook(10)
    book.run(charge('a', 5))
    book.run(reverse(book, 2))
    expect(book.run(reverse(book, 2))).toMatchObject({ outcome: 'replayed', balance: { available: 10 } })
    expect(() => book.run({ ...reverse(book, 2), key: 'another' } as Operation)).toThrow(/reverse:2/)
  })

  test('of a grant takes it back while all of it is there', () => {
    const book = openBook()
    book.run(grant('a'))
    book.run(grant('b'))
    book.run(charge('c', 1))
    expect(book.run(reverse(book, 1))).toMatchObject({ outcome: 'insufficient' })
    expect(book.run(reverse(book, 2))).toMatchObject({ balance: { available: 9 } })
  })

  test('of a charge that was partly owed pays the debt first', () => {
    const book = openBook(5, { overdraft: 10 })
    book.run(charge('a', 15))
    expect(book.run(reverse(book, 2, { g1: terms({ kind: 'free', credits: 5 }) }))).toMatchObject({
      balance: { available: 5, debt: 0, spent: 0 },
    })
  })

  test('is not for entries that something else undoes', () => {
    const book = openBook(10)
    book.run(hold('a', 1))
    expect(() => book.run(reverse(book, 2))).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })
})
