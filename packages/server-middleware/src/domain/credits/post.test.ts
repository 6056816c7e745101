import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { flawsOf } from '../../../test/ledger/sound.ts'
import type { BookEntry, Tools } from './entry.ts'
import type { LedgerRef, Note, Operation, Posting } from './operation.ts'
import { post, readBalance } from './post.ts'
import { emptyState, type GrantTerms, type LedgerState } from './state.ts'

const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const at = (day: number) => new Date(Date.UTC(2026, 0, day))
const note: Note = { description: 'An image', metadata: { job: '7' }, amountMinor: 20, currency: 'usd' }

/** A ledger in a variable. */
const openBook = (freeUses = 0) => {
  const ledger: LedgerRef = { accountRef: 'acme', unit: 'uses', freeUses, overdraft: 0, shortfall: 'debt' }
  let state: LedgerState = emptyState
  let salts = 0
  const entries: BookEntry[] = []
  const tools = (now: Date): Tools => ({ now, hash, newSalt: () => `salt-${++salts}` })
  const run = (operation: Operation, now: Date): Posting => {
    const known = entries.find((entry) => entry.key === operation.key) ?? null
    const step = post(state, { ledger, operation, known }, tools(now))
    state = step.state
    entries.push(...step.entries)
    return step.posting
  }
  const grant = (key: string, terms: Partial<GrantTerms> & { credits: number }, now = at(1)) =>
    run(
      {
        op: 'grant',
        key,
        grant: { kind: 'paid', effectiveAt: null, expiresAt: null, rollover: null, source: {}, ...terms },
        note,
      },
      now,
    )
  const charge = (key: string, credits: number, { now = at(1), words = note } = {}) =>
    run({ op: 'charge', key, credits, note: words }, now)
  const balance = (now = at(1)) => readBalance(state, ledger, tools(now))
  return { entries, grant, charge, balance, state: () => state }
}

describe('A new book', () => {
  test('shows its free uses before anything is written', () => {
    const book = openBook(10)

    expect(book.balance()).toMatchObject({ available: 10, remaining: { free: 10 }, spent: 0 })
    expect(book.entries).toEqual([])
  })

  test('writes its free uses down with the first entry, once', () => {
    const book = openBook(10)

    book.charge('a', 3)
    book.charge('b', 3)

    expect(book.entries.map(({ key, credits, balanceAfter }) => [key, credits, balanceAfter])).toEqual([
      ['free:acme', 10, 10],
      ['a', -3, 7],
      ['b', -3, 4],
    ])
  })

  test('without free uses refuses a charge and stays empty', () => {
    const book = openBook()

    expect(book.charge('a', 1)).toMatchObject({ outcome: 'insufficient', balance: { available: 0 } })
    expect(book.state()).toEqual(emptyState)
  })
})

describe('A charge', () => {
  test('takes gifts before plan credits, and bought credits last', () => {
    const book = openBook(1)
    for (const kind of ['paid', 'plan', 'promotional'] as const) book.grant(kind, { kind, credits: 1 })

    const kinds = ['a', 'b', 'c', 'd'].map((key) => {
      book.charge(key, 1)
      return book.balance().grants.map((grant) => grant.kind)
    })

    expect(kinds).toEqual([['promotional', 'plan', 'paid'], ['plan', 'paid'], ['paid'], []])
  })

  test('takes what expires first before what lasts, and of equals the older', () => {
    const book = openBook()
    book.grant('lasts', { credits: 1 })
    book.grant('late', { credits: 1, expiresAt: at(20) })
    book.grant('soon', { credits: 1, expiresAt: at(10) })
    book.grant('soon too', { credits: 1, expiresAt: at(10) })

    book.charge('a', 3)

    expect(
      book.entries
        .at(-1)
        ?.legs.filter((leg) => leg.account === 'spent')
        .map((leg) => leg.grantId),
    ).toEqual(['g3', 'g4', 'g2'])
  })

  test('may take exactly what is there, and not one more', () => {
    const book = openBook(5)

    expect(book.charge('all but', 6)).toMatchObject({ outcome: 'insufficient' })
    expect(book.charge('all', 5)).toMatchObject({ outcome: 'posted', balance: { available: 0, spent: 5 } })
    expect(book.charge('more', 1)).toMatchObject({ outcome: 'insufficient' })
  })

  test('leaves grants alone that are not effective yet', () => {
    const book = openBook()
    book.grant('next month', { credits: 5, effectiveAt: at(31) })

    expect(book.charge('a', 1, { now: at(30) })).toMatchObject({ outcome: 'insufficient', balance: { available: 0 } })
    expect(book.charge('a', 1, { now: at(31) })).toMatchObject({ outcome: 'posted', balance: { available: 4 } })
  })

  test('that was refused may come again under its key when there is credit', () => {
    const book = openBook()
    book.charge('a', 1)
    book.grant('pack', { credits: 1 })

    expect(book.charge('a', 1)).toMatchObject({ outcome: 'posted' })
  })

  test.each([0, -1, 1.5, Number.NaN, 2 ** 53])('of %s credits is no charge', (credits) => {
    expect(() => openBook(5).charge('a', credits)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })

  test('cannot take one of the keys that the book gives itself', () => {
    expect(() => openBook(5).charge('expire:g1', 1)).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })
})

describe('Expiry', () => {
  test('takes what is left, at the moment it is due, without being asked', () => {
    const book = openBook()
    book.grant('pack', { credits: 5, expiresAt: at(10) })
    book.charge('a', 2)

    expect(book.balance(new Date(at(10).getTime() - 1))).toMatchObject({ available: 3, nextExpiryAt: at(10) })
    expect(book.balance(at(10))).toMatchObject({ available: 0, nextExpiryAt: null })
  })

  test('is written down before the next entry, once', () => {
    const book = openBook(1)
    book.grant('pack', { kind: 'promotional', credits: 5, expiresAt: at(10) })

    book.charge('a', 1, { now: at(11) })

    expect(book.entries.map(({ op, key, credits }) => [op, key, credits])).toEqual([
      ['grant', 'free:acme', 1],
      ['grant', 'pack', 5],
      ['expire', 'expire:g2', -5],
      ['charge', 'a', -1],
    ])
  })
})

describe('A key', () => {
  test('with the same content gives the first entry again', () => {
    const book = openBook(10)
    const first = book.charge('a', 3)
    book.charge('b', 1)

    const again = book.charge('a', 3, { now: at(5) })

    expect(first).toMatchObject({ outcome: 'posted' })
    expect(again).toMatchObject({ outcome: 'replayed', entry: { seq: 2, balanceAfter: 7 }, balance: { available: 6 } })
    expect(book.entries).toHaveLength(3)
  })

  test.each([
    ['credits', 4, note],
    ['words', 3, { ...note, description: 'Another image' }],
    ['metadata', 3, { ...note, metadata: { job: '8' } }],
    ['amount', 3, { ...note, amountMinor: 21 }],
  ])('with other %s is a conflict', (_what, credits, words) => {
    const book = openBook(10)
    book.charge('a', 3)

    expect(book.charge('a', credits, { words })).toEqual({ outcome: 'conflict' })
  })

  test('does not mind the order of metadata', () => {
    const book = openBook(10)
    book.charge('a', 1, { words: { ...note, metadata: { x: '1', y: '2' } } })

    expect(book.charge('a', 1, { words: { ...note, metadata: { y: '2', x: '1' } } })).toMatchObject({
      outcome: 'replayed',
    })
  })
})

describe('The chain', () => {
  const written = () => {
    const book = openBook(10)
    book.charge('a', 3)
    book.charge('b', 3)
    return book.entries
  }

  test('of an untouched book is sound', () => {
    expect(flawsOf(written(), hash)).toEqual([])
  })

  test.each<[string, (entries: BookEntry[]) => BookEntry[]]>([
    ['an amount is changed', (entries) => entries.map((entry) => ({ ...entry, credits: entry.credits + 1 }))],
    ['an entry is missing', (entries) => entries.toSpliced(1, 1)],
    ['two are swapped', ([a, b, c]) => [a, c, b].filter((entry) => entry !== undefined)],
    ['a date is changed', (entries) => entries.map((entry) => ({ ...entry, at: at(3) }))],
  ])('breaks when %s', (_what, tamper) => {
    expect(flawsOf(tamper(written()), hash)).not.toEqual([])
  })

  test('holds when words are erased', () => {
    const erased = written().map((entry) => ({
      ...entry,
      salt: '',
      note: { ...entry.note, description: '', metadata: {} },
    }))

    expect(flawsOf(erased, hash)).toEqual([])
  })

  test('keeps time from running backwards', () => {
    const book = openBook(10)
    book.charge('a', 1, { now: at(9) })
    book.charge('b', 1, { now: at(2) })

    expect(book.entries.at(-1)?.at).toEqual(at(9))
  })

  test('cannot be taken past what integers count', () => {
    const book = openBook()
    book.grant('a', { credits: Number.MAX_SAFE_INTEGER })

    expect(() => book.grant('b', { credits: 1 })).toThrow(expect.objectContaining({ code: 'invalid_request' }))
  })
})
