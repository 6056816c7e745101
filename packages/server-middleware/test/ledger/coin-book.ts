import type { GrantKind } from '@paywright/contract'
import { forever } from './minutes.ts'

type CoinState = 'there' | 'frozen' | 'held' | 'spent' | 'expired' | 'revoked'

/** Every single credit is a thing in a list. Times are minutes. */
type Coin = {
  grant: number
  kind: GrantKind
  from: number
  until: number
  rollover: { upTo: number; until: number } | null
  payment: string | null
  state: CoinState
}

export type CoinTerms = Omit<Coin, 'grant' | 'state'>

export const coinTerms = { from: -1e5, until: forever, rollover: null, payment: null } as const

export type PaidCoins = { payment: string; paidMinor: number; credits: number; kind: GrantKind; until: number }

type NaiveClaim = {
  refunds: Map<string, { amountMinor: number; failed: boolean }>
  disputes: Map<string, { amountMinor: number; status: 'open' | 'won' | 'lost' }>
  taken: number
  writtenOff: number
}

type Capture = { credits: number; extra: boolean; overdraft: number }

type Shortfall = 'debt' | 'other_grants' | 'write_off'

const kinds = ['free', 'promotional', 'plan', 'paid']

/** The coin that goes first: the kind, then what runs out first, then the older. */
const worth = ({ kind, until, grant }: Coin): number =>
  kinds.indexOf(kind) * 1e13 + Math.min(until, forever) * 1e6 + grant

const askedBack = ({ refunds, disputes }: NaiveClaim): { reversed: number; disputed: number } => {
  let [reversed, disputed] = [0, 0]
  for (const { amountMinor, failed } of refunds.values()) if (!failed) reversed += amountMinor
  for (const { amountMinor, status } of disputes.values()) {
    if (status === 'lost') reversed += amountMinor
    if (status === 'open') disputed += amountMinor
  }
  return { reversed, disputed }
}

/** What anyone would write first to keep credits: a list, and loops over all of it. */
export class CoinBook {
  readonly coins: Coin[] = []
  readonly counts = { spent: 0, expired: 0, revoked: 0 }
  readonly holds = new Map<string, { coins: Coin[]; until: number }>()
  readonly claims = new Map<string, NaiveClaim>()
  debt = 0
  isFrozen = false
  grants = 0

  clone(): CoinBook {
    return Object.assign(new CoinBook(), structuredClone({ ...this }))
  }

  available(now: number): number {
    return this.#usable(now).length - this.debt
  }

  count(state: CoinState): number {
    return this.coins.filter((coin) => coin.state === state).length
  }

  grant(terms: CoinTerms, credits: number): void {
    const grant = ++this.grants
    for (let i = 0; i < credits; i += 1) {
      const repays = this.debt > 0
      if (repays) this.debt -= 1
      this.coins.push({ ...terms, grant, state: repays ? 'spent' : 'there' })
    }
  }

  /** Gives the coins that went. */
  charge(credits: number, now: number, overdraft: number): number[] | null {
    if (this.isFrozen || this.available(now) + overdraft < credits) return null
    return this.#spend(credits, now).map((coin) => this.coins.indexOf(coin))
  }

  hold(id: string, { credits, until }: { credits: number; until: number }, now: number): boolean {
    if (this.isFrozen || this.available(now) < credits) return false
    const coins = this.#best(credits, now)
    for (const coin of coins) coin.state = 'held'
    this.holds.set(id, { coins, until })
    return true
  }

  capture(id: string, { credits, extra, overdraft }: Capture, now: number): boolean {
    const hold = this.holds.get(id)
    if (!hold) return false
    const more = credits - hold.coins.length
    if (more > 0 && (!extra || this.isFrozen || this.available(now) + overdraft < more)) return false
    this.holds.delete(id)
    for (const [i, coin] of hold.coins.entries()) {
      if (i < credits) this.#leave(coin, 'spent')
      else this.#comeBack(coin, now)
    }
    if (more > 0) this.#spend(more, now)
    return true
  }

  release(id: string, now: number): boolean {
    const hold = this.holds.get(id)
    if (!hold) return false
    this.holds.delete(id)
    for (const coin of hold.coins) this.#comeBack(coin, now)
    return true
  }

  take(credits: number, now: number): boolean {
    if (this.#usable(now).length < credits) return false
    for (const coin of this.#best(credits, now)) this.#leave(coin, 'revoked')
    return true
  }

  /** What time has done: holds that ran out, then coins that did. */
  catchUp(now: number): void {
    for (const [id, { until }] of [...this.holds]) if (until <= now) this.release(id, now)
    const overdue = this.coins.filter((coin) => coin.state === 'there' && coin.until <= now)
    for (const grant of new Set(overdue.map((coin) => coin.grant))) {
      this.#expire(overdue.filter((coin) => coin.grant === grant))
    }
  }

  claimOn(payment: string): NaiveClaim {
    const claim = this.claims.get(payment) ?? { refunds: new Map(), disputes: new Map(), taken: 0, writtenOff: 0 }
    this.claims.set(payment, claim)
    return claim
  }

  /** Brings a payment's coins in line with its claim. */
  settle(paid: PaidCoins, shortfall: Shortfall, now: number): void {
    const claim = this.claimOn(paid.payment)
    const own = (state: CoinState) => this.coins.filter((coin) => coin.payment === paid.payment && coin.state === state)
    const share = (amount: number) =>
      amount >= paid.paidMinor ? paid.credits : Math.floor((paid.credits * amount) / paid.paidMinor)
    const { reversed, disputed } = askedBack(claim)
    for (const coin of own('frozen')) coin.state = 'there'
    for (; claim.taken < share(reversed); claim.taken += 1) this.#takeOne(own('there')[0], { paid, shortfall, now })
    const owed = claim.taken - share(reversed)
    const undone = Math.max(0, Math.min(claim.writtenOff, owed))
    claim.writtenOff -= undone
    this.counts.revoked -= undone
    const terms = { kind: paid.kind, from: -1e5, until: paid.until, rollover: null, payment: paid.payment }
    if (owed > undone) this.grant(terms, owed - undone)
    claim.taken -= owed
    for (const coin of own('there').slice(0, share(reversed + disputed) - share(reversed))) coin.state = 'frozen'
  }

  /** Coins that were spent or taken come back: into their grant if something of it is left, or as new ones. */
  restore(ids: readonly number[], now: number): void {
    const coins = ids.flatMap((id) => this.coins[id] ?? [])
    const alive = (coin: Coin) =>
      now < coin.until &&
      this.coins.some((other) => other.grant === coin.grant && ['there', 'frozen', 'held'].includes(other.state))
    const byGrant = new Map<number, Coin[]>()
    for (const coin of coins) byGrant.set(coin.grant, [...(byGrant.get(coin.grant) ?? []), coin])
    for (const [first, ...others] of byGrant.values()) if (first) this.#restoreGrant([first, ...others], alive(first))
  }

  #restoreGrant(coins: readonly Coin[], isAlive: boolean): void {
    for (const coin of coins) this.counts[coin.state === 'spent' ? 'spent' : 'revoked'] -= 1
    if (isAlive) for (const coin of coins) coin.state = 'there'
    else if (coins[0]) this.grant({ ...coins[0], from: -1e5, rollover: null }, coins.length)
  }

  #expire(coins: readonly Coin[]): void {
    for (const coin of coins) this.#leave(coin, 'expired')
    const [first] = coins
    const rollover = first?.rollover
    const carried = Math.min(coins.length, rollover?.upTo ?? 0)
    if (!first || !rollover || carried === 0) return
    const grant = ++this.grants
    const terms = { kind: first.kind, from: first.until, until: rollover.until, rollover: null, payment: first.payment }
    for (let i = 0; i < carried; i += 1) this.coins.push({ ...terms, grant, state: 'there' })
  }

  #takeOne(
    own: Coin | undefined,
    { paid, shortfall, now }: { paid: PaidCoins; shortfall: Shortfall; now: number },
  ): void {
    const others = () => this.#usable(now).filter((coin) => coin.payment !== paid.payment)
    const other = own ?? (shortfall === 'other_grants' ? others()[0] : undefined)
    if (other) this.#leave(other, 'revoked')
    else this.counts.revoked += 1
    if (!other && shortfall !== 'write_off') this.debt += 1
    if (!other && shortfall === 'write_off') this.claimOn(paid.payment).writtenOff += 1
  }

  /** In the order in which they go. */
  #usable(now: number): Coin[] {
    return this.coins
      .filter((coin) => coin.state === 'there' && coin.from <= now && now < coin.until)
      .sort((a, b) => worth(a) - worth(b))
  }

  #best(credits: number, now: number): Coin[] {
    return this.#usable(now).slice(0, credits)
  }

  #spend(credits: number, now: number): Coin[] {
    const coins = this.#best(credits, now)
    for (const coin of coins) this.#leave(coin, 'spent')
    this.debt += credits - coins.length
    this.counts.spent += credits - coins.length
    return coins
  }

  #leave(coin: Coin, state: 'spent' | 'expired' | 'revoked'): void {
    coin.state = state
    this.counts[state] += 1
  }

  #comeBack(coin: Coin, now: number): void {
    if (coin.until <= now) this.#leave(coin, 'expired')
    else coin.state = 'there'
  }
}
