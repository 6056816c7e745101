import { expect } from 'vitest'
import { availableAt } from '../../src/domain/credits/balance.ts'
import type { BookEntry } from '../../src/domain/credits/entry.ts'
import type { LedgerRef, Operation, PaidCredits, Posting } from '../../src/domain/credits/operation.ts'
import { post } from '../../src/domain/credits/post.ts'
import { emptyState, type GrantTerms, grantIdOf, type LedgerState, openedBy } from '../../src/domain/credits/state.ts'
import { CoinBook, coinTerms, type PaidCoins } from './coin-book.ts'
import type { Command } from './commands.ts'
import { dateOf, dateOrNever, forever } from './minutes.ts'
import { type Charged, doNaively } from './naive-deeds.ts'

const note = { description: '', metadata: {}, amountMinor: null, currency: null }

/** Not a good hash, but a quick one. */
export const quickHash = (text: string): string => {
  let sum = 7
  for (let i = 0; i < text.length; i += 1) sum = (sum * 31 + text.charCodeAt(i)) | 0
  return String(sum)
}

type Wish<Name extends Command['do']> = Extract<Command, { do: Name }>
/** The real book and the naive one, side by side: each command goes to both, and they have to agree. */
export class TwoBooks {
  readonly ledger: LedgerRef
  readonly entries: BookEntry[] = []
  readonly byKey = new Map<string, BookEntry>()
  readonly posted: Operation[] = []
  readonly coins = new CoinBook()
  readonly charged: Charged[] = []
  readonly reversed = new Set<number>()
  readonly payments: PaidCoins[] = []
  state: LedgerState = emptyState
  clock = 0
  /** A book's time never runs backwards, though its clock may. */
  bookTime = Number.NEGATIVE_INFINITY
  keys = 0

  constructor(freeUses: number, policy: Pick<LedgerRef, 'overdraft' | 'shortfall'>) {
    this.ledger = { accountRef: 'a', unit: 'uses', freeUses, ...policy }
    this.coins.grant({ kind: 'free', ...coinTerms }, freeUses)
  }

  obey(wish: Command): void {
    if (wish.do === 'wait') this.clock += wish.minutes
    else if (wish.do === 'repeat') this.#repeat(wish)
    else this.#carryOut(wish)
  }

  #run(operation: Operation): Posting {
    const step = post(
      this.state,
      { ledger: this.ledger, operation, known: this.byKey.get(operation.key) ?? null },
      { now: dateOf(this.clock), hash: quickHash, newSalt: () => 's' },
    )
    if (step.entries.length > 0) this.bookTime = Math.max(this.bookTime, this.clock)
    this.state = step.state
    for (const entry of step.entries) {
      expect(this.byKey.has(entry.key)).toBe(false)
      this.byKey.set(entry.key, entry)
      this.entries.push(entry)
    }
    return step.posting
  }

  #carryOut(wish: Exclude<Command, { do: 'wait' | 'repeat' }>): void {
    const now = Math.max(this.clock, this.bookTime)
    const operation = this.#toOperation(wish)
    if (!operation || this.byKey.has(operation.key)) return
    const posting = this.#run(operation)
    const passed = posting.outcome === 'posted'
    // A refusal leaves no trace, not even of the time that has passed.
    const coins = passed ? this.coins : this.coins.clone()
    coins.catchUp(now)
    const deed = { operation, now, ledger: this.ledger, seq: this.entries.length, charged: this.charged }
    expect({ operation, passed: doNaively(coins, deed) }).toEqual({ operation, passed })
    if (posting.outcome !== 'posted') return
    this.posted.push(operation)
    expect(posting.balance.available).toBe(this.coins.available(now))
    expect(posting.entry.balanceAfter).toBe(posting.balance.available)
  }

  #toOperation(wish: Exclude<Command, { do: 'wait' | 'repeat' }>): Operation | null {
    const key = `k${this.keys++}`
    const inMinutes = (minutes: number | null) => (minutes === null ? null : dateOf(this.clock + minutes))
    switch (wish.do) {
      case 'charge':
      case 'adjust':
        return { op: wish.do, key, credits: wish.credits, note }
      case 'grant':
        return { op: 'grant', key, grant: this.#termsOf(wish, inMinutes), note }
      case 'buy': {
        const paid = this.#buy(wish)
        return { op: 'grant', key: `grant:${paid.payment}`, grant: paidTerms(paid), note }
      }
      case 'hold':
        return { op: 'hold', key, credits: wish.credits, lastsSeconds: wish.lasts * 60, note }
      case 'capture':
        return { op: 'capture', key, holdId: this.#holdOf(wish), credits: wish.credits, allowExtra: wish.extra, note }
      case 'release':
        return { op: 'release', key, holdId: this.#holdOf(wish), note }
      case 'refund':
      case 'dispute':
        return this.#claimOf(wish, key)
      case 'reverse':
        return this.#reversalOf(wish)
      case 'top_up':
        return {
          op: 'set_top_up',
          key,
          terms: wish.threshold === null ? null : { threshold: wish.threshold, packId: 'pack' },
          note,
        }
      case 'decline':
        return { op: 'decline_top_up', key, startedBy: this.state.topUp.started?.seq ?? wish.which, note }
      case 'freeze':
      case 'unfreeze':
        return { op: wish.do, key, note }
    }
  }

  #termsOf({ kind, credits, startsIn, lasts, rollover }: Wish<'grant'>, inMinutes: (m: number | null) => Date | null) {
    const rolls = rollover && { upTo: rollover.upTo, expiresAt: inMinutes((lasts ?? 0) + rollover.lasts) }
    const dates = { effectiveAt: inMinutes(startsIn), expiresAt: inMinutes(lasts) }
    return { kind, credits, ...dates, rollover: rolls, source: {} } satisfies GrantTerms
  }

  #buy({ credits, paidMinor, lasts }: Wish<'buy'>): PaidCoins {
    const until = lasts === null ? forever : this.clock + lasts
    const paid = { payment: `pi_${this.payments.length}`, paidMinor, credits, kind: 'paid', until } as const
    this.payments.push(paid)
    return paid
  }

  #holdOf({ which }: { which: number }): string {
    return [...this.coins.holds.keys(), 'h0'][which % (this.coins.holds.size + 1)] ?? 'h0'
  }

  #claimOf(wish: Wish<'refund'> | Wish<'dispute'>, key: string): Operation | null {
    const paid = pick(this.payments, wish.payment)
    if (!paid) return null
    const amountMinor = Math.floor((paid.paidMinor * wish.amount) / 100)
    const common = { key, payment: toPaidCredits(paid), amountMinor, note }
    return wish.do === 'refund'
      ? { op: 'refund', ...common, refundId: `re_${wish.which}`, failed: wish.failed }
      : { op: 'dispute', ...common, disputeId: `dp_${wish.which}`, status: wish.status }
  }

  #reversalOf({ which }: Wish<'reverse'>): Operation | null {
    const charge = pick(this.charged, which)
    const entry = charge && this.entries[charge.seq - 1]
    if (!entry) return null
    const { seq, op, legs } = entry
    const grants = legs.flatMap(({ grantId }) => (grantId === null ? [] : [grantId]))
    const terms = Object.fromEntries(grants.map((grantId) => [grantId, this.#termsOfGrant(grantId)]))
    return { op: 'reverse', key: `reverse:${seq}`, entry: { seq, op, legs, terms }, note }
  }

  #termsOfGrant(grantId: string): GrantTerms {
    const { seq, index } = openedBy(grantId)
    const terms = this.entries[seq - 1]?.effects.opens?.[index]
    if (!terms || grantIdOf(seq, index) !== grantId) throw new Error(`Nothing opened ${grantId}.`)
    return terms
  }

  #repeat({ which, changed: other }: Wish<'repeat'>): void {
    const before = pick(this.posted, which)
    if (!before) return
    const { length } = this.entries
    const again = other ? { ...before, note: { ...note, amountMinor: 1 } } : before
    expect(this.#run(again).outcome).toBe(other ? 'conflict' : 'replayed')
    expect(this.entries).toHaveLength(length)
  }

  expectSame(): void {
    const { totals, grants, holds } = this.state
    let sum = 0
    for (const each of Object.values(totals)) sum += each
    expect(sum).toBe(0)
    for (const grant of grants) expectSoundGrant(grant)
    const held = holds.flatMap(({ slices }) => slices).reduce((all, { credits }) => all + credits, 0)
    expect(totals.held).toBe(held)
    if (this.entries.length === 0) return
    const { available, frozen, spent, expired, revoked, debt } = totals
    expect({ available, frozen, held, spent, expired, revoked, debt: 0 - debt }).toEqual({
      available: this.coins.count('there'),
      frozen: this.coins.count('frozen'),
      held: this.coins.count('held'),
      ...this.coins.counts,
      debt: this.coins.debt,
    })
    const now = Math.max(this.clock, this.bookTime)
    expect(availableAt(this.state, dateOf(now))).toBe(this.coins.available(now))
  }
}

const expectSoundGrant = ({ parts, credits }: LedgerState['grants'][number]): void => {
  let sum = 0
  for (const part of Object.values(parts)) {
    if (part < 0) throw new Error(`A part of a grant is ${part}.`)
    sum += part
  }
  if (sum !== credits) throw new Error(`The parts of a grant come to ${sum}, not ${credits}.`)
}

const pick = <T>(from: readonly T[], which: number): T | undefined => from[which % Math.max(1, from.length)]

const paidTerms = ({ payment, credits, kind, until }: PaidCoins): GrantTerms => ({
  kind,
  credits,
  effectiveAt: null,
  expiresAt: dateOrNever(until),
  rollover: null,
  source: { providerPaymentId: payment },
})

const toPaidCredits = ({ payment, paidMinor, credits, kind, until }: PaidCoins): PaidCredits => ({
  paymentId: payment,
  paidMinor,
  credits,
  kind,
  expiresAt: dateOrNever(until),
})
