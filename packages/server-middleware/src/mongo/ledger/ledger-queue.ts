import { type BookEntry, ledgerIdOf, type Tools } from '../../domain/credits/entry.ts'
import type { LedgerRef, Posting } from '../../domain/credits/operation.ts'
import type { LedgerState } from '../../domain/credits/state.ts'
import { BillingError } from '../../domain/errors.ts'
import type { Archiver } from './archiver.ts'
import type { Books } from './books.ts'
import { type Answer, type Batch, isRefusal, markOwn, postBatch, type Request } from './post-batch.ts'
import type { Snapshot } from './snapshot.ts'
import { Tries } from './tries.ts'
import { mayBeTrimmed } from './trimmed.ts'
import { longestPauseMilliseconds, takeTurn } from './turn.ts'

export type QueueDeps = {
  books: Books
  archiver: Archiver
  tools: () => Tools
  pause: (milliseconds: number) => Promise<unknown>
}

type Waiting = Request & { resolve: (posting: Posting) => void; reject: (error: unknown) => void }

const maximumWaiting = 1_024
const maximumBatch = 256
const maximumRecent = 1_024
const maximumAttempts = 50
/** After so many lost races a process asks for its turn. */
const racesToLose = 2
/** How many writes a turn is good for. */
const writesInATurn = 12

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
  /** What is left of our turn. */
  #writesLeft = 0
  #hadTurn = false
  /** Up to here entries are given to the archiver, and in the archive. */
  #parcelledSeq = 0
  #archivedSeq = 0

  constructor(ledger: LedgerRef, deps: QueueDeps) {
    this.#ledger = ledger
    this.#deps = deps
  }

  /** What this process knows of the book, without looking. */
  get state(): LedgerState | null {
    return this.#snapshot?.state ?? null
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
      if (this.#hadTurn) await this.#standBack()
    }
    this.#isRunning = false
  }

  /** Whoever has had a turn lets those who wait for theirs come first. */
  async #standBack(): Promise<void> {
    this.#hadTurn = false
    await this.#deps.pause(longestPauseMilliseconds)
    this.#snapshot = null
  }

  /** Tries until the batch stands in the book, or needs nothing written. */
  async #commit(batch: readonly Request[]): Promise<readonly Answer[]> {
    const tries = new Tries()
    for (let attempt = 0; attempt < maximumAttempts; attempt += 1) {
      if (attempt > racesToLose) await tries.whileUnsure(() => this.#takeTurn())
      const answers = await this.#attempt(batch, tries)
      if (answers) return answers
      this.#snapshot = null
    }
    return tries.whileUnsure(() => Promise.reject(busy()))
  }

  /** Null when it has to be tried again on a snapshot that is read anew. */
  async #attempt(batch: readonly Request[], tries: Tries): Promise<readonly Answer[] | null> {
    const remembered = this.#snapshot
    const snapshot = remembered ?? (await tries.whileUnsure(() => this.#load()))
    const known = await tries.whileUnsure(() => this.#findKnown(snapshot, batch))
    const result = postBatch({ state: snapshot.state, known }, batch, this.#deps.tools())
    const isRefused = result.answers.some(isRefusal)
    // Somebody else may have granted credits, or opened the hold, since we last looked.
    if (remembered?.turn === null && isRefused) return null
    // A write ends a turn, and shuts out a lost one that may still land, for what is refused must not be written after all.
    const isDue = snapshot.turn !== null || (isRefused && tries.mayStillLand(snapshot))
    if ((result.entries.length > 0 || isDue) && !(await this.#save(snapshot, result, tries))) return null
    return markOwn(result.answers, batch, tries.landedKeys(known))
  }

  /** The book as it is now; but while somebody else has a turn, after it. */
  async #load(): Promise<Snapshot> {
    const snapshot = await this.#deps.books.load(this.#ledger)
    if (snapshot.turn !== null) return this.#takeTurn()
    this.#remember(snapshot)
    return snapshot
  }

  async #takeTurn(): Promise<Snapshot> {
    const { snapshot, isOurs } = await takeTurn(this.#deps, this.#ledger)
    this.#writesLeft = isOurs ? writesInATurn : 0
    this.#remember(snapshot)
    return snapshot
  }

  /** Entries that have keys of the batch: in the document, or in the archive, which is asked after that was read. */
  async #findKnown({ state, recent, trimmed }: Snapshot, batch: readonly Request[]): Promise<readonly BookEntry[]> {
    const keys = new Set(batch.map(({ operation }) => operation.key))
    const here = recent.filter(({ key }) => keys.has(key))
    if (state.seq === recent.length) return here
    for (const { key } of here) keys.delete(key)
    const sought = [...keys].filter((key) => mayBeTrimmed(trimmed, key))
    return sought.length === 0 ? here : [...here, ...(await this.#deps.books.findArchived(this.#ledger, sought))]
  }

  async #save(snapshot: Snapshot, { state, entries }: Batch, tries: Tries): Promise<boolean> {
    if (snapshot.recent.length >= maximumRecent) await tries.whileUnsure(() => this.#deps.archiver.flush())
    const archivedSeq = Math.max(this.#archivedSeq, snapshot.archivedSeq)
    const writing = { state, entries, archivedSeq, turn: this.#goesOn() ? snapshot.turn : null }
    const saved = await tries.write(snapshot, entries, () => this.#deps.books.save(this.#ledger, snapshot, writing))
    if (saved) this.#remember(saved)
    this.#hadTurn = snapshot.turn !== null && saved?.turn === null
    return saved !== null
  }

  /** Whether our turn goes on after the next write. */
  #goesOn(): boolean {
    this.#writesLeft = Math.max(0, this.#writesLeft - 1)
    return this.#writesLeft > 0 && this.#waiting.length > 0
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
