import type { GrantKind } from '@paywright/contract'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type BookEntry, isSound } from './entry.ts'
import type { LedgerRef, Operation } from './operation.ts'
import { post } from './post.ts'
import { applyEntry, emptyState, type LedgerState } from './state.ts'

type Command =
  | { do: 'charge'; credits: number }
  | { do: 'grant'; kind: GrantKind; credits: number; startsIn: number | null; lasts: number | null }
  | { do: 'wait'; minutes: number }
  | { do: 'repeat'; which: number; changed: boolean }

const command: fc.Arbitrary<Command> = fc.oneof(
  { weight: 5, arbitrary: fc.record({ do: fc.constant('charge'), credits: fc.integer({ min: 1, max: 12 }) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      do: fc.constant('grant'),
      kind: fc.constantFrom('free', 'promotional', 'plan', 'paid'),
      credits: fc.integer({ min: 1, max: 20 }),
      startsIn: fc.option(fc.integer({ min: -2, max: 5 })),
      lasts: fc.option(fc.integer({ min: 0, max: 9 })),
    }),
  },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('wait'), minutes: fc.integer({ min: -1, max: 4 }) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('repeat'), which: fc.nat(50), changed: fc.boolean() }) },
)

/** What anyone would write first: every single credit is a thing in a list. */
type Coin = { kind: GrantKind; from: number; until: number; state: 'there' | 'spent' | 'expired' }

const kinds = ['free', 'promotional', 'plan', 'paid']

class CoinBook {
  readonly coins: Coin[] = []

  grant(coin: Omit<Coin, 'state'>, credits: number) {
    for (let i = 0; i < credits; i += 1) this.coins.push({ ...coin, state: 'there' })
  }

  usable(now: number) {
    return this.coins.filter((coin) => coin.state === 'there' && coin.from <= now && now < coin.until)
  }

  charge(credits: number, now: number): boolean {
    if (this.usable(now).length < credits) return false
    for (let i = 0; i < credits; i += 1) {
      const best = this.usable(now).reduce((a, b) => (worth(b) < worth(a) ? b : a))
      best.state = 'spent'
    }
    return true
  }

  expire(now: number) {
    for (const coin of this.coins) if (coin.state === 'there' && coin.until <= now) coin.state = 'expired'
  }
}

const worth = (coin: Coin) => kinds.indexOf(coin.kind) * 1e6 + Math.min(coin.until, 1e5)

const minute = 60_000
const start = Date.UTC(2026, 0, 1)
const dateOf = (minutes: number) => new Date(start + minutes * minute)
// Not a good hash, but a quick one.
const hash = (text: string) => String([...text].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) | 0, 7))
const note = { description: '', metadata: {}, amountMinor: null, currency: null }

const toOperation = (key: string, wish: Extract<Command, { do: 'charge' | 'grant' }>, now: number): Operation => {
  if (wish.do === 'charge') return { op: 'charge', key, credits: wish.credits, note }
  const effectiveAt = wish.startsIn === null ? null : dateOf(now + wish.startsIn)
  const expiresAt = wish.lasts === null ? null : dateOf(now + wish.lasts)
  return {
    op: 'grant',
    key,
    grant: { kind: wish.kind, credits: wish.credits, effectiveAt, expiresAt, source: {} },
    note,
  }
}

const changed = (operation: Operation): Operation =>
  operation.op === 'charge'
    ? { ...operation, credits: operation.credits + 1 }
    : { ...operation, grant: { ...operation.grant, credits: operation.grant.credits + 1 } }

/** The real book and the naive one, side by side. */
class World {
  readonly ledger: LedgerRef
  readonly entries: BookEntry[] = []
  readonly posted: Operation[] = []
  readonly coins = new CoinBook()
  state: LedgerState = emptyState
  clock = 0
  /** A book's time never runs backwards, though its clock may. */
  bookTime = Number.NEGATIVE_INFINITY
  keys = 0

  constructor(freeUses: number) {
    this.ledger = { accountRef: 'a', unit: 'uses', freeUses }
    this.coins.grant({ kind: 'free', from: -1e5, until: 1e6 }, freeUses)
  }

  run(operation: Operation) {
    const known = this.entries.find((entry) => entry.key === operation.key) ?? null
    const step = post(
      this.state,
      { ledger: this.ledger, operation, known },
      { now: dateOf(this.clock), hash, newSalt: () => 's' },
    )
    if (step.entries.length > 0) this.bookTime = Math.max(this.bookTime, this.clock)
    this.state = step.state
    this.entries.push(...step.entries)
    return step.posting
  }

  obey(wish: Command) {
    if (wish.do === 'wait') this.clock += wish.minutes
    else if (wish.do === 'repeat') this.repeat(wish)
    else this.post(wish)
  }

  post(wish: Extract<Command, { do: 'charge' | 'grant' }>) {
    const now = Math.max(this.clock, this.bookTime)
    const operation = toOperation(`k${this.keys++}`, wish, this.clock)
    const posting = this.run(operation)
    expect(posting.outcome).toBe(this.postNaively(wish, now) ? 'posted' : 'insufficient')
    if (posting.outcome !== 'posted') return
    this.posted.push(operation)
    expect(posting.balance.available).toBe(this.coins.usable(now).length)
    expect(posting.entry.balanceAfter).toBe(posting.balance.available)
  }

  postNaively(wish: Extract<Command, { do: 'charge' | 'grant' }>, now: number): boolean {
    if (wish.do === 'charge' && this.coins.usable(now).length < wish.credits) return false
    this.coins.expire(now)
    if (wish.do === 'charge') return this.coins.charge(wish.credits, now)
    const from = wish.startsIn === null ? -1e5 : this.clock + wish.startsIn
    const until = wish.lasts === null ? 1e6 : this.clock + wish.lasts
    this.coins.grant({ kind: wish.kind, from, until }, wish.credits)
    return true
  }

  repeat({ which, changed: other }: { which: number; changed: boolean }) {
    const before = this.posted[which % Math.max(1, this.posted.length)]
    if (!before) return
    const { length } = this.entries
    expect(this.run(other ? changed(before) : before).outcome).toBe(other ? 'conflict' : 'replayed')
    expect(this.entries).toHaveLength(length)
  }

  checkInvariants() {
    const { totals, grants } = this.state
    const count = (state: Coin['state']) => this.coins.coins.filter((coin) => coin.state === state).length
    expect(Object.values(totals).reduce((sum, each) => sum + each, 0)).toBe(0)
    if (this.entries.length > 0) {
      expect({ available: totals.available, spent: totals.spent, expired: totals.expired }).toEqual({
        available: count('there'),
        spent: count('spent'),
        expired: count('expired'),
      })
    }
    for (const grant of grants) {
      const parts = Object.values(grant.parts)
      expect(parts.reduce((sum, each) => sum + each, 0)).toBe(grant.credits)
      expect(Math.min(...parts)).toBeGreaterThanOrEqual(0)
    }
  }
}

test('The book agrees with a list of coins, whatever happens to both', { timeout: 60_000 }, () => {
  const run = (freeUses: number, commands: readonly Command[]) => {
    const world = new World(freeUses)
    for (const each of commands) {
      world.obey(each)
      world.checkInvariants()
    }
    expect(isSound(world.entries, hash)).toBe(true)
    expect(world.entries.reduce<LedgerState>(applyEntry, emptyState)).toEqual(world.state)
    expect(new Set(world.entries.map((entry) => entry.key)).size).toBe(world.entries.length)
  }

  fc.assert(fc.property(fc.nat(12), fc.array(command, { minLength: 40, maxLength: 60 }), run), { numRuns: 250 })
})
