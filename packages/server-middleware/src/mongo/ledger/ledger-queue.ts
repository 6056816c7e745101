import { type BookEntry, ledgerIdOf, type Tools } from '../../domain/credits/entry.ts'
import type { LedgerRef, Posting } from '../../domain/credits/operation.ts'
import { BillingError } from '../../domain/errors.ts'
import type { Archiver } from './archiver.ts'
import type { Books } from './books.ts'
import { type Answer, type Batch, isRefusal, markOwn, postBatch, type Request } from './post-batch.ts'
import type { Snapshot } from './snapshot.ts'
import { Tries } from './tries.ts'

export type QueueDeps = {
  books: Books
  archiver: Archiver
  tools: () => Tools
  pause: (milliseconds: number) => Promise<unknown>
}

type Waiting = Request & { resolve: (posting: Posting) => void; reject: (error: unknown) => void }

const maximumWaiting = 1_024
const maximumBatch = 64
const maximumRecent = 512
const maximumAttempts = 50
const longestPauseMilliseconds = 64

/**
 * What this process does with one book. Requests that arrive while a write is on its way are merged into the next one,
 * so that a busy book costs one write for many requests. Other processes may do the same at the same time: a write
 * holds only if the book is as it was read, and is worked out anew if it isn't.
 */
export class LedgerQueue {
  readonly #ledger: LedgerRef
  readonly #deps: QueueDeps
  #waiting: Waiting[] = []
  #isRunning = false
  /** What our last write left, or our last read found; null when somebody else may have written since. */
  #snapshot: Snapshot | null = null
  /** Up to here entries are given to the archiver, and in the archive. */
  #parcelledSeq = 0
  #archivedSeq = 0

  constructor(ledger: LedgerRef, deps: QueueDeps) {
    this.#ledger = ledger
    this.#deps = deps
  }

  get isIdle(): boolean {
    return !this.#isRunning && this.#archivedSeq >= this.#parcelledSeq
  }

  post(request: Request): Promise<Posting> {
    if (this.#waiting.length >= maximumWaiting) return Promise.reject(busy())
    return new Promise((resolve, reject) => {
      this.#waiting.push({ ...request, resolve, reject })
      if (!this.#isRunning) void this.#run()
    })
  }

  async #run(): Promise<void> {
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      const batch = this.#waiting.splice(0, maximumBatch)
      try {
        deliver(batch, await this.#commit(batch))
      } catch (error) {
        this.#snapshot = null
        refuse(batch, error)
      }
    }
    this.#isRunning = false
  }

  /** Tries until the batch stands in the book, or needs nothing written. */
  async #commit(batch: readonly Request[]): Promise<readonly Answer[]> {
    const tries = new Tries()
    for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
      if (attempt > 1) await this.#deps.pause(Math.random() * Math.min(2 ** attempt, longestPauseMilliseconds))
      const answers = await this.#attempt(batch, tries)
      if (answers) return answers
      this.#snapshot = null
    }
    throw busy()
  }

  /** Null when it has to be tried again on a snapshot that is read anew. */
  async #attempt(batch: readonly Request[], tries: Tries): Promise<readonly Answer[] | null> {
    const remembered = this.#snapshot
    const snapshot = remembered ?? (await tries.whileUnsure(() => this.#load()))
    const known = [...snapshot.recent, ...(await tries.whileUnsure(() => this.#findTrimmed(snapshot, batch)))]
    const result = postBatch({ state: snapshot.state, known }, batch, this.#deps.tools())
    // Somebody else may have granted credits, or opened the hold, since we last looked.
    if (remembered && result.answers.some(isRefusal)) return null
    // What is refused must not be written after all, so a lost write that may still land is shut out by another one.
    const isOpen = tries.mayStillLand(snapshot) && result.answers.some(isRefusal)
    if ((result.entries.length > 0 || isOpen) && !(await this.#save(snapshot, result, tries))) return null
    return markOwn(result.answers, batch, tries.landedKeys(known))
  }

  async #load(): Promise<Snapshot> {
    const snapshot = await this.#deps.books.load(this.#ledger)
    this.#remember(snapshot)
    return snapshot
  }

  /** Entries that have keys of the batch and are no longer in the document. Looked for after it was read. */
  async #findTrimmed({ state, recent }: Snapshot, batch: readonly Request[]): Promise<readonly BookEntry[]> {
    if (state.seq === recent.length) return []
    const here = new Set(recent.map((entry) => entry.key))
    const keys = batch.map(({ operation }) => operation.key).filter((key) => !here.has(key))
    return keys.length === 0 ? [] : this.#deps.books.findArchived(this.#ledger, keys)
  }

  async #save(snapshot: Snapshot, { state, entries }: Batch, tries: Tries): Promise<boolean> {
    if (snapshot.recent.length >= maximumRecent) await tries.whileUnsure(() => this.#deps.archiver.flush())
    const archivedSeq = Math.max(this.#archivedSeq, snapshot.archivedSeq)
    const saved = await tries.write(snapshot, entries, () =>
      this.#deps.books.save(this.#ledger, snapshot, { state, entries, archivedSeq }),
    )
    if (saved) this.#remember(saved)
    return saved !== null
  }

  /** What is remembered is what the majority has: only that may go to the archive. */
  #remember(snapshot: Snapshot): void {
    this.#snapshot = snapshot
    this.#archivedSeq = Math.max(this.#archivedSeq, snapshot.archivedSeq)
    const from = Math.max(this.#parcelledSeq, this.#archivedSeq)
    const { seq } = snapshot.state
    if (seq <= from) return
    this.#parcelledSeq = seq
    this.#deps.archiver.add({
      ledgerId: ledgerIdOf(this.#ledger),
      entries: snapshot.recent.filter((entry) => entry.seq > from),
      onArchived: () => {
        this.#archivedSeq = Math.max(this.#archivedSeq, seq)
      },
    })
  }
}

const deliver = (batch: readonly Waiting[], answers: readonly Answer[]): void => {
  for (const [index, { resolve, reject }] of batch.entries()) {
    const answer = answers[index]
    if (answer && 'posting' in answer) resolve(answer.posting)
    else reject(answer?.error)
  }
}

const refuse = (batch: readonly Waiting[], error: unknown): void => {
  for (const { reject } of batch) reject(error)
}

const busy = (): BillingError<'too_many_requests'> =>
  new BillingError('too_many_requests', 'Too much is being written to this ledger at once. Try again in a moment.', {
    details: { retryAfterSeconds: 1 },
  })
