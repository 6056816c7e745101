import { describe, expect, test } from 'vitest'
import type { Operation, PaidCredits, Shortfall } from '../../src/domain/credits/operation.ts'
import { openBook } from './open-book.ts'

const payment: PaidCredits = { paymentId: 'pi_1', paidMinor: 1_000, credits: 100, kind: 'paid', expiresAt: null }
const note = { description: '', metadata: {}, amountMinor: null, currency: null }

const grant: Operation = {
  op: 'grant',
  key: 'grant:pi_1',
  note,
  grant: {
    kind: 'paid',
    credits: 100,
    effectiveAt: null,
    expiresAt: null,
    rollover: null,
    source: { providerPaymentId: 'pi_1' },
  },
}

type Word =
  | readonly ['refund', string, number, 'succeeded' | 'failed']
  | readonly ['dispute', string, number, 'open' | 'won' | 'lost']

const hear = ([op, id, amountMinor, status]: Word): Operation => {
  const common = { key: `${op}:${id}:${status}`, payment, amountMinor, note }
  return op === 'refund'
    ? { op, ...common, refundId: id, failed: status === 'failed' }
    : { op, ...common, disputeId: id, status }
}

const orders = <T>(items: readonly T[]): T[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((first, i) => orders(items.toSpliced(i, 1)).map((others) => [first, ...others]))

const stories: Readonly<Record<string, readonly Word[]>> = {
  'a refund in three parts': [
    ['refund', 're_1', 300, 'succeeded'],
    ['refund', 're_2', 333, 'succeeded'],
    ['refund', 're_3', 367, 'succeeded'],
  ],
  'a refund that fails, and one that does not': [
    ['refund', 're_1', 400, 'succeeded'],
    ['refund', 're_1', 400, 'failed'],
    ['refund', 're_2', 250, 'succeeded'],
  ],
  'a dispute that is won, beside a refund': [
    ['dispute', 'dp_1', 600, 'open'],
    ['dispute', 'dp_1', 600, 'won'],
    ['refund', 're_1', 250, 'succeeded'],
  ],
  'a dispute that is lost, beside a refund of more than is left': [
    ['dispute', 'dp_1', 1_000, 'open'],
    ['dispute', 'dp_1', 1_000, 'lost'],
    ['refund', 're_1', 500, 'succeeded'],
  ],
  'two disputes, a refund, and one that fails': [
    ['dispute', 'dp_1', 300, 'open'],
    ['dispute', 'dp_1', 300, 'lost'],
    ['dispute', 'dp_2', 300, 'won'],
    ['refund', 're_1', 200, 'succeeded'],
    ['refund', 're_2', 100, 'failed'],
  ],
}

const spends: Readonly<Record<string, number>> = { nothing: 0, some: 30, everything: 100 }
const policies: readonly Shortfall[] = ['debt', 'other_grants', 'write_off']

const endOf = (order: readonly Word[], { spent, shortfall }: { spent: number; shortfall: Shortfall }) => {
  const book = openBook(20, { shortfall })
  book.run(grant)
  if (spent > 0) book.run({ op: 'charge', key: 'a', credits: spent + 20, note })
  for (const word of order) {
    book.run(hear(word))
    book.run(hear(word))
  }
  const { available, debt, frozen } = book.balance()
  return { available, debt, frozen, claim: book.state().claims.find(({ paymentId }) => paymentId === 'pi_1')?.taken }
}

describe.each(Object.entries(stories))('%s', (_name, words) => {
  test.each(
    policies.flatMap((shortfall) => Object.entries(spends).map(([name, spent]) => [shortfall, name, spent] as const)),
  )(
    'ends the same in every order, replays among them, when %s covers for %s that was spent',
    (shortfall, _spent, spent) => {
      const ends = orders(words).map((order) => endOf(order, { spent, shortfall }))
      expect(new Set(ends.map((end) => JSON.stringify(end))).size).toBe(1)
      expect(ends[0]?.frozen).toBe(0)
    },
  )
})

describe('What is asked back of a payment', () => {
  test('takes its share of the credits, rounded down, and all of them when all is asked back', () => {
    const book = openBook()
    book.run(grant)
    book.run(hear(['refund', 're_1', 333, 'succeeded']))
    expect(book.balance().available).toBe(67)
    book.run(hear(['refund', 're_2', 667, 'succeeded']))
    expect(book.balance()).toMatchObject({ available: 0, debt: 0 })
  })

  test('that was spent is owed, and the next grant pays it first', () => {
    const book = openBook()
    book.run(grant)
    book.run({ op: 'charge', key: 'a', credits: 80, note })
    expect(book.run(hear(['refund', 're_1', 1_000, 'succeeded']))).toMatchObject({
      entry: { credits: -100, balanceAfter: -80 },
      balance: { available: -80, debt: 80 },
    })
    const next = {
      ...grant,
      key: 'grant:pi_2',
      grant: { ...grant.grant, source: { providerPaymentId: 'pi_2' } },
    } as Operation
    expect(book.run(next)).toMatchObject({ balance: { available: 20, debt: 0 } })
  })

  test('that fails gives the credits back', () => {
    const book = openBook()
    book.run(grant)
    book.run(hear(['refund', 're_1', 500, 'succeeded']))
    expect(book.run(hear(['refund', 're_1', 500, 'failed']))).toMatchObject({
      entry: { credits: 50 },
      balance: { available: 100, remaining: { paid: 100 } },
    })
  })

  test('is frozen while the bank decides, and cannot be spent', () => {
    const book = openBook()
    book.run(grant)
    expect(book.run(hear(['dispute', 'dp_1', 600, 'open']))).toMatchObject({
      entry: { credits: -60 },
      balance: { available: 40, frozen: 60 },
    })
    expect(book.run({ op: 'charge', key: 'a', credits: 41, note })).toMatchObject({ outcome: 'insufficient' })
    expect(book.run(hear(['dispute', 'dp_1', 600, 'won']))).toMatchObject({
      balance: { available: 100, frozen: 0 },
    })
  })

  test('is never more than was paid: a lost dispute after a refund takes what is left', () => {
    const book = openBook()
    book.run(grant)
    book.run(hear(['refund', 're_1', 800, 'succeeded']))
    book.run(hear(['dispute', 'dp_1', 1_000, 'lost']))
    expect(book.balance()).toMatchObject({ available: 0, debt: 0 })
  })

  test('may come out of other grants, and then nothing is owed', () => {
    const book = openBook(20, { shortfall: 'other_grants' })
    book.run(grant)
    book.run({ op: 'charge', key: 'a', credits: 120, note })
    book.run({ op: 'adjust', key: 'gift', credits: 30, note })
    book.run(hear(['refund', 're_1', 300, 'succeeded']))
    expect(book.balance()).toMatchObject({ available: 0, debt: 0 })
  })

  test('may be written off', () => {
    const book = openBook(0, { shortfall: 'write_off' })
    book.run(grant)
    book.run({ op: 'charge', key: 'a', credits: 100, note })
    book.run(hear(['refund', 're_1', 1_000, 'succeeded']))
    expect(book.balance()).toMatchObject({ available: 0, debt: 0 })
    expect(book.state().totals.written_off).toBe(-100)
  })
})
