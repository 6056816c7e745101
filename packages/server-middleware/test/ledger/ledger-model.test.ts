import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Tools } from '../../src/domain/credits/entry.ts'
import type { LedgerRef, Operation, Posting } from '../../src/domain/credits/operation.ts'
import { applyEntry, emptyState, type LedgerState } from '../../src/domain/credits/state.ts'
import { Archiver } from '../../src/mongo/ledger/archiver.ts'
import { LedgerQueue } from '../../src/mongo/ledger/ledger-queue.ts'
import { depth } from './depth.ts'
import { BookDatabase, FaultyBooks, randomFrom } from './faulty-books.ts'
import { flawsOf } from './sound.ts'

const ledger: LedgerRef = { accountRef: 'acme', unit: 'uses', freeUses: 20, overdraft: 0, shortfall: 'debt' }
const note = { description: '', metadata: {}, amountMinor: null, currency: null }
const hash = (text: string) => createHash('sha1').update(text).digest('base64url')

type Process = { books: FaultyBooks; archiver: Archiver; queue: LedgerQueue }
type Settled = { key: string; posting: Posting | null }

/** Some processes, their database, and everything that was answered. */
class Story {
  readonly database = new BookDatabase()
  readonly answers: Settled[] = []
  readonly #random: () => number
  #processes: Process[]
  #salts = 0

  constructor(seed: number) {
    this.#random = randomFrom(seed)
    const count = 1 + Math.floor(this.#random() * 3)
    this.#processes = Array.from({ length: count }, () => this.start(0.05))
  }

  start(rate: number): Process {
    const books = new FaultyBooks(this.database, { random: this.#random, rate })
    const archiver = new Archiver(books)
    const tools = (): Tools => ({ now: new Date(0), hash, newSalt: () => String(++this.#salts) })
    const pause = () => new Promise(setImmediate)
    return { books, archiver, queue: new LedgerQueue(ledger, { books, archiver, tools, pause }) }
  }

  /** Three hundred requests under 120 keys, from one to three processes of which some die, and their copying, all mixed. */
  async unfold(): Promise<void> {
    const running: Promise<unknown>[] = []
    for (let step = 0; step < 300; step += 1) {
      running.push(this.ask(this.pick(this.#processes), this.pick(operations)))
      if (this.happens(0.1))
        running.push(
          this.pick(this.#processes)
            .archiver.flush()
            .catch(() => undefined),
        )
      if (this.happens(0.04)) this.crash()
      if (this.happens(0.6)) await new Promise(setImmediate)
    }
    await Promise.all(running)
  }

  /** Whoever got no answer asks again, of a process that nothing happens to. */
  async settle(): Promise<void> {
    const healthy = this.start(0)
    const unanswered = this.answers.filter(({ posting }) => posting === null)
    await Promise.all(unanswered.map(({ key }) => this.ask(healthy, byKey(key))))
    await healthy.archiver.flush()
  }

  crash(): void {
    const index = Math.floor(this.#random() * this.#processes.length)
    const victim = this.#processes[index]
    if (victim) victim.books.isDead = true
    this.#processes[index] = this.start(0.05)
  }

  async ask({ queue }: Process, operation: Operation): Promise<void> {
    const posting = await queue.post({ ledger, operation }).catch(() => null)
    this.answers.push({ key: operation.key, posting })
  }

  pick<T>(from: readonly T[]): T {
    const picked = from[Math.floor(this.#random() * from.length)]
    if (picked === undefined) throw new Error('There is nothing to pick from.')
    return picked
  }

  happens(chance: number): boolean {
    return this.#random() < chance
  }
}

const operations: readonly Operation[] = Array.from({ length: 120 }, (_, i) =>
  i % 8 === 0
    ? {
        op: 'grant',
        key: `key-${i}`,
        grant: { kind: 'paid', credits: 10, effectiveAt: null, expiresAt: null, rollover: null, source: {} },
        note,
      }
    : { op: 'charge', key: `key-${i}`, credits: 1 + (i % 3), note },
)

const byKey = (key: string): Operation => {
  const operation = operations.find((each) => each.key === key)
  if (!operation) throw new Error(`Nobody asks for ${key}.`)
  return operation
}

const expectSoundBook = ({ database }: Story): void => {
  const entries = database.entries()
  expect(flawsOf(entries, hash)).toEqual([])
  expect(entries.reduce<LedgerState>(applyEntry, emptyState)).toEqual(database.book.state)
  expect(new Set(entries.map(({ key }) => key)).size).toBe(entries.length)
  expect(Math.min(...entries.map(({ balanceAfter }) => balanceAfter))).toBeGreaterThanOrEqual(0)
}

/** What was answered is in the book; posted once, and told so to somebody unless an answer was lost. */
const expectHonestAnswers = ({ database, answers }: Story, key: string): void => {
  const postings = answers.filter((answer) => answer.key === key).map(({ posting }) => posting)
  const entry = database.entries().find((each) => each.key === key)
  const seen = postings.flatMap((posting) => (posting && 'entry' in posting ? [posting.entry] : []))
  for (const each of seen) expect(entry).toMatchObject(each)
  if (entry) expect(seen).not.toEqual([])
  const posted = postings.filter((posting) => posting?.outcome === 'posted').length
  const wasAnswerLost = postings.includes(null)
  expect(posted === 1 || (posted === 0 && (!entry || wasAnswerLost))).toBe(true)
}

it('loses and doubles nothing, whatever is lost on the way and whoever dies', {
  timeout: depth(120_000, 1_800_000),
}, async () => {
  const run = async (seed: number) => {
    const story = new Story(seed)
    await story.unfold()
    await story.settle()
    expectSoundBook(story)
    for (const { key } of operations) expectHonestAnswers(story, key)
  }

  await fc.assert(fc.asyncProperty(fc.integer(), run), { numRuns: depth(60, 600) })
})
