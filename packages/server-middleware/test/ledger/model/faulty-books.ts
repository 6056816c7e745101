import type { BookEntry } from '../../../src/domain/credits/entry.ts'
import { BillingError } from '../../../src/domain/errors.ts'
import { DeadlineError, type Loss } from '../../../src/mongo/errors.ts'
import type { ArchivedEntry, Books } from '../../../src/mongo/ledger/books.ts'
import { follow, type Snapshot } from '../../../src/mongo/ledger/snapshot.ts'
import type { Cluster } from './cluster.ts'
import type { Fate } from './fate.ts'

export type Writing = Parameters<Books['save']>[2]

/**
 * A process's way to the database. Every question and every answer takes its time, and some are lost, until the process
 * dies and all are. A question that nobody waits for any more may still arrive. Reads see what the majority has.
 */
export class FaultyBooks implements Books {
  isDead = false
  readonly #cluster: Cluster
  readonly #fate: Fate
  /** How often a message is lost. */
  readonly #rate: number

  constructor(cluster: Cluster, fate: Fate, rate: number) {
    this.#cluster = cluster
    this.#fate = fate
    this.#rate = rate
  }

  load(): Promise<Snapshot> {
    return this.#read(() => this.look(this.#cluster))
  }

  findArchived(_ledger: unknown, keys: readonly string[]): Promise<readonly BookEntry[]> {
    return this.#read(() => [...this.#cluster.archive.values()].filter((entry) => keys.includes(entry.key)))
  }

  /** A write goes along with those of other books, and when one of them fails, which one is only to be seen in the books. */
  async save(_ledger: unknown, snapshot: Snapshot, writing: Writing): Promise<Snapshot | null> {
    const next = this.follow(snapshot, writing)
    const isWritten = await this.#write(() => this.#swap(snapshot, next))
    if (isWritten && !this.#fate.happens(0.2)) return next
    const isOurs = await this.#read(() => this.#cluster.book.rev === next.rev, 'outcome_unknown')
    return isOurs ? next : null
  }

  findTurn(): Promise<Pick<Snapshot, 'turn' | 'rev'> | null> {
    return this.#read(() => {
      const { rev, turn } = this.look(this.#cluster)
      return rev === null ? null : { turn, rev }
    })
  }

  claim(_ledger: unknown, turn: string): Promise<Snapshot | null> {
    return this.#write(async () => {
      const book = this.#cluster.primaryBook
      const isFree = book.rev !== null && book.turn === null
      const { rev } = this.follow(book, { ...book, entries: [] })
      const claimed = { ...book, turn, rev }
      const fortune = await (isFree ? this.#cluster.write({ book: claimed }) : this.#cluster.settled())
      if (fortune !== 'committed') return 'unknown'
      return isFree ? claimed : null
    })
  }

  async archive(entries: readonly ArchivedEntry[]): Promise<void> {
    await this.#write(async () => {
      const { term } = this.#cluster
      for (const entry of entries) {
        if (this.#fate.happens(0.1)) await this.#fate.turn()
        // The connection may break between any two of them, and does when the primary is another.
        if (this.#cluster.term !== term || this.#fate.happens(this.#rate)) return 'unknown'
        this.#cluster.insert(entry)
      }
      return this.#cluster.settled()
    }, 'store_unavailable')
  }

  protected look(cluster: Cluster): Snapshot {
    return cluster.book
  }

  protected follow(snapshot: Snapshot, writing: Writing): Snapshot {
    return follow(snapshot, writing)
  }

  /** Whether the book was as expected; when it was not, that is an answer only once the majority has what it was. */
  async #swap(snapshot: Snapshot, next: Snapshot): Promise<boolean | 'unknown'> {
    const isCurrent = this.#cluster.primaryBook.rev === snapshot.rev
    const fortune = await (isCurrent ? this.#cluster.write({ book: next }) : this.#cluster.settled())
    return fortune === 'committed' ? isCurrent : 'unknown'
  }

  async #read<T>(look: () => T, loss: Loss = 'store_unavailable'): Promise<T> {
    await this.#fate.turn()
    if (this.#isLost()) throw this.#lost(loss)
    const found = look()
    await this.#fate.turn()
    if (this.#isLost()) throw this.#lost(loss)
    return found
  }

  async #write<T>(work: () => Promise<T | 'unknown'>, loss: Loss = 'outcome_unknown'): Promise<T> {
    await this.#fate.turn()
    if (this.#isLost()) {
      if (this.#fate.happens(0.5)) void this.#fate.turn().then(work)
      throw this.#lost(loss)
    }
    const outcome = await this.#unlessImpatient(work())
    await this.#fate.turn()
    if (outcome === 'unknown' || this.#isLost()) throw this.#lost(loss)
    return outcome
  }

  /** Now and then somebody gives up before the majority has answered. */
  #unlessImpatient<T>(work: Promise<T | 'unknown'>): Promise<T | 'unknown'> {
    if (!this.#fate.happens(this.#rate)) return work
    return Promise.race([work, this.#fate.turn().then(() => 'unknown' as const)])
  }

  #isLost(): boolean {
    return this.isDead || this.#fate.happens(this.#rate)
  }

  #lost(loss: Loss): BillingError<Loss> {
    const cause = this.#fate.happens(0.5) ? new DeadlineError('too late') : new Error('the connection broke')
    return new BillingError(loss, 'The database is gone.', { cause })
  }
}
