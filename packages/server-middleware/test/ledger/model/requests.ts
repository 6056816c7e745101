import type { Note, Operation, PaidCredits, Posting } from '../../../src/domain/credits/operation.ts'
import type { GrantTerms } from '../../../src/domain/credits/state.ts'
import type { Fate } from './fate.ts'

const note: Note = { description: '', metadata: {}, amountMinor: null, currency: null }
const year = 365 * 86_400_000

const payments: readonly PaidCredits[] = [
  { paymentId: 'pi_1', paidMinor: 100, credits: 9, kind: 'paid', expiresAt: null },
  { paymentId: 'pi_2', paidMinor: 70, credits: 7, kind: 'paid', expiresAt: null },
]

/** A content without its key and note, which do not depend on it. */
type Content = Operation extends infer Each ? (Each extends Operation ? Omit<Each, 'key' | 'note'> : never) : never

/** What somebody may ask of a book: something new, or what was asked before, word for word. */
export class Requests {
  readonly #fate: Fate
  readonly #byKey = new Map<string, Operation>()
  readonly #holds: string[] = []
  #count = 0

  constructor(fate: Fate, before: readonly Operation[] = []) {
    this.#fate = fate
    for (const operation of before) this.#byKey.set(operation.key, operation)
    this.#count = before.length
  }

  get all(): readonly Operation[] {
    return [...this.#byKey.values()]
  }

  next(now: Date): Operation {
    const isRepeated = this.#byKey.size > 0 && this.#fate.happens(0.3)
    return isRepeated ? this.#fate.pick(this.all) : this.#make(now)
  }

  /** A hold that somebody was told of can be captured or released. */
  hear({ op }: Operation, posting: Posting | null): void {
    if (op === 'hold' && posting && 'entry' in posting) this.#holds.push(`h${posting.entry.seq}`)
  }

  #make(now: Date): Operation {
    const asked = this.#content(now)
    // What names the business fact has its key from it, so that two who hear of it ask for the same.
    const operation = { ...asked.content, key: asked.key ?? this.#newKey(now), note } as Operation
    const known = this.#byKey.get(operation.key)
    if (!known) this.#byKey.set(operation.key, operation)
    return known ?? operation
  }

  /** Some carry their time, which may be far from ours, and some do not. */
  #newKey(now: Date): string {
    this.#count += 1
    if (this.#fate.happens(0.5)) return `key-${this.#count}`
    const off = this.#fate.pick([0, 0, 0, -600_000, 600_000, -year, year])
    const time = (now.getTime() + off).toString(16).padStart(12, '0')
    return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-${String(this.#count).padStart(12, '0')}`
  }

  #content(now: Date): { content: Content; key?: string } {
    const fate = this.#fate
    const chance = fate.between(1, 100)
    const hold = this.#holds.length > 0 && chance > 55 ? fate.pick(this.#holds) : null
    if (hold && chance > 70) return { content: { op: 'release', holdId: hold } }
    if (hold)
      return { content: { op: 'capture', holdId: hold, credits: fate.between(1, 5), allowExtra: fate.happens(0.3) } }
    if (chance <= 30) return { content: { op: 'charge', credits: fate.between(1, 5) } }
    if (chance <= 50)
      return { content: { op: 'hold', credits: fate.between(1, 4), lastsSeconds: fate.pick([30, 600]) } }
    if (chance <= 70) return { content: { op: 'grant', grant: this.#terms(now) } }
    return this.#moneyMoved()
  }

  #terms(now: Date): GrantTerms {
    const lasts = this.#fate.pick([null, 20_000, 300_000])
    const expiresAt = lasts === null ? null : new Date(now.getTime() + lasts)
    const rollover = this.#fate.happens(0.3) ? { upTo: 2, expiresAt: null } : null
    const credits = this.#fate.between(1, 6)
    return { kind: 'promotional', credits, effectiveAt: null, expiresAt, rollover, source: {} }
  }

  /** A payment comes in, goes back in part, fails to, is disputed, and that is won or lost: in any order. */
  #moneyMoved(): { content: Content; key: string } {
    const fate = this.#fate
    const payment = fate.pick(payments)
    const { paymentId, credits } = payment
    if (fate.happens(0.4)) {
      const source = { providerPaymentId: paymentId }
      const grant: GrantTerms = { kind: 'paid', credits, effectiveAt: null, expiresAt: null, rollover: null, source }
      return { content: { op: 'grant', grant }, key: `grant:${paymentId}` }
    }
    if (fate.happens(0.5)) {
      const failed = fate.happens(0.4)
      const content: Content = { op: 'refund', payment, refundId: `re_${paymentId}`, amountMinor: 40, failed }
      return { content, key: `refund:re_${paymentId}:${failed ? 'failed' : 'succeeded'}` }
    }
    const status = fate.pick(['open', 'won', 'lost'] as const)
    const content: Content = { op: 'dispute', payment, disputeId: `dp_${paymentId}`, amountMinor: 60, status }
    return { content, key: `dispute:dp_${paymentId}:${status}` }
  }
}
