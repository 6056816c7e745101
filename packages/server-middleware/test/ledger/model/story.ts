import { hash } from 'node:crypto'
import type { Tools } from '../../../src/domain/credits/entry.ts'
import type { LedgerRef, Operation, Posting } from '../../../src/domain/credits/operation.ts'
import { Archiver } from '../../../src/mongo/ledger/archiver.ts'
import { LedgerQueue } from '../../../src/mongo/ledger/ledger-queue.ts'
import { Cluster } from './cluster.ts'
import { Fate } from './fate.ts'
import { FaultyBooks } from './faulty-books.ts'
import { Requests } from './requests.ts'

export const ledger: LedgerRef = { accountRef: 'acme', unit: 'uses', freeUses: 12, overdraft: 0, shortfall: 'debt' }

export const quickHash = (text: string): string => hash('sha1', text, 'base64url')

/** What the processes are made of: the shipped parts, or one with a fault. */
export type Parts = { Books: typeof FaultyBooks; Archive: typeof Archiver }

export const shipped: Parts = { Books: FaultyBooks, Archive: Archiver }

/** How a request ended for whoever asked: with an answer, with an error, or with its process. */
export type Ending = { posting: Posting } | { error: unknown } | 'died'

/** A request, with what was the last entry of the book and every time that its process had in between. */
export type Told = { operation: Operation; ending: Ending; from: number; to: number; times: readonly Date[] }

type Process = { books: FaultyBooks; archiver: Archiver; queue: LedgerQueue; times: Date[]; offset: number }

/** What there is to begin with: a book in which somebody has written. */
export type Past = { cluster: Cluster; told: readonly Told[]; now: number }

export const nothingYet: Past = { cluster: new Cluster(), told: [], now: Date.UTC(2026, 0, 1) }

type Length = { requests: number; trouble: boolean }

/** Some processes with one book on one cluster, and all that they were asked and answered. */
export class Story {
  readonly cluster: Cluster
  readonly told: Told[]
  readonly fate: Fate
  readonly #parts: Parts
  readonly #requests: Requests
  #processes: Process[] = []
  #now: number
  #salts = 0

  constructor(seed: number, parts: Parts, past: Past) {
    this.fate = new Fate(seed)
    this.#parts = parts
    this.cluster = past.cluster.copy()
    this.told = [...past.told]
    this.#now = past.now
    this.#requests = new Requests(this.fate, [...new Set(past.told.map(({ operation }) => operation))])
  }

  /** Requests, copying, lost messages, deaths, fail-overs and jumping clocks, all mixed. */
  async unfold({ requests, trouble }: Length): Promise<void> {
    const [count, rate, haste] = trouble ? [this.fate.between(1, 3), this.fate.pick([0, 0.02, 0.08]), 12] : [1, 0, 40]
    this.#processes = Array.from({ length: count }, () => this.#start(rate))
    const running: Promise<void>[] = []
    for (let asked = 0; asked < requests; asked += 1) {
      running.push(this.#ask(this.fate.pick(this.#processes), this.#requests.next(new Date(this.#now))))
      if (trouble) this.#bringTrouble(rate)
      if (this.fate.happens(0.1)) running.push(this.#copy(this.fate.pick(this.#processes)))
      await this.#goOn(this.fate.between(0, haste))
    }
    await this.#calmDown()
    await Promise.all(running)
  }

  /** Whoever got no answer asks again, of a process that nothing happens to. */
  async settle(): Promise<void> {
    const healthy = this.#start(0)
    const open = new Set(this.told.filter(({ ending }) => isOpen(ending)).map(({ operation }) => operation))
    const running = [...open].map((operation) => this.#ask(healthy, operation))
    await this.#calmDown()
    running.push(this.#copy(healthy))
    await this.#calmDown()
    await Promise.all(running)
  }

  get past(): Past {
    return { cluster: this.cluster, told: this.told, now: this.#now }
  }

  #start(rate: number): Process {
    const { Books, Archive } = this.#parts
    const books = new Books(this.cluster, this.fate, rate)
    const archiver = new Archive(books)
    const times: Date[] = []
    const tools = (): Tools => {
      const now = new Date(this.#now + process.offset)
      times.push(now)
      return { now, hash: quickHash, newSalt: () => String(++this.#salts) }
    }
    const queue = new LedgerQueue(ledger, { books, archiver, tools, pause: () => this.fate.turn() })
    const process: Process = { books, archiver, queue, times, offset: 0 }
    return process
  }

  async #ask({ queue, books, times }: Process, operation: Operation): Promise<void> {
    const [from, since] = [this.cluster.book.state.seq, times.length]
    const answer = await queue.post({ ledger, operation }).then(
      (posting) => ({ posting }),
      (error: unknown) => ({ error }),
    )
    const ending = books.isDead ? 'died' : answer
    this.told.push({ operation, ending, from, to: this.cluster.book.state.seq, times: times.slice(since) })
    if (ending !== 'died' && 'posting' in ending) this.#requests.hear(operation, ending.posting)
  }

  async #copy({ archiver }: Process): Promise<void> {
    await archiver.flush().catch(() => undefined)
  }

  #bringTrouble(rate: number): void {
    const { fate } = this
    if (fate.happens(0.05)) this.#crash(rate)
    if (fate.happens(0.08)) this.cluster.failOver(fate.between(0, this.cluster.pendingCount))
    if (fate.happens(0.1)) fate.pick(this.#processes).offset = fate.between(-600, 600) * 1_000
  }

  #crash(rate: number): void {
    const index = this.fate.between(0, this.#processes.length - 1)
    const [victim] = this.#processes.splice(index, 1, this.#start(rate))
    if (victim) victim.books.isDead = true
  }

  async #goOn(steps: number): Promise<void> {
    for (let step = 0; step < steps; step += 1) await this.#step()
  }

  async #step(): Promise<void> {
    if (this.fate.happens(0.3)) this.#now += this.fate.between(0, 5_000)
    const { pendingCount } = this.cluster
    if (pendingCount > 0 && (this.fate.isQuiet || this.fate.happens(0.3))) {
      this.cluster.replicate(this.fate.between(1, pendingCount))
    }
    await this.fate.step()
  }

  /** Until nobody is on the way any more. */
  async #calmDown(): Promise<void> {
    await new Promise(setImmediate)
    while (!this.fate.isQuiet || this.cluster.pendingCount > 0) await this.#step()
  }
}

/** Whether whoever asked was left without an answer. */
const isOpen = (ending: Ending): boolean => ending === 'died' || 'error' in ending
