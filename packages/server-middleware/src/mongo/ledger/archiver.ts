import type { BookEntry } from '../../domain/credits/entry.ts'
import type { Books } from './books.ts'

/** Entries of one book, in order; `onArchived` is told when they are in the archive for good. */
export type Parcel = { ledgerId: string; entries: readonly BookEntry[]; onArchived: () => void }

const fullParcels = 256
/** A book that is busy grows, and with it every write: so much of one book is enough. */
const fullBook = 32
const patienceMilliseconds = 500

/**
 * Copies acknowledged entries to the archive, those of many books at once: when there are many, or after half a second.
 * Losing what waits here loses nothing: the entries are in their ledger's document, and whoever opens it copies them.
 */
export class Archiver {
  readonly #books: Pick<Books, 'archive'>
  #waiting: Parcel[] = []
  #timer: NodeJS.Timeout | undefined
  #running: Promise<void> = Promise.resolve()
  #next: Promise<void> | undefined

  constructor(books: Pick<Books, 'archive'>) {
    this.#books = books
  }

  add(parcel: Parcel): void {
    this.#waiting.push(parcel)
    const ofBook = this.#waiting.filter(({ ledgerId }) => ledgerId === parcel.ledgerId)
    if (countOf(this.#waiting) >= fullParcels || countOf(ofBook) >= fullBook) this.#flushUnasked()
    else this.#wait()
  }

  /** Resolves when all that waits now is copied. One copy at a time, so that a book's entries arrive in order. */
  flush(): Promise<void> {
    this.#next ??= this.#running
      .catch(() => undefined)
      .then(() => {
        this.#next = undefined
        return this.#copy()
      })
    this.#running = this.#next
    return this.#next
  }

  /** What could not be copied waits on, to be tried again. */
  #flushUnasked(): void {
    this.flush().catch(() => this.#wait())
  }

  #wait(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      this.#flushUnasked()
    }, patienceMilliseconds).unref()
  }

  async #copy(): Promise<void> {
    const parcels = this.#waiting
    if (parcels.length === 0) return
    this.#waiting = []
    try {
      await this.#books.archive(
        parcels.flatMap(({ ledgerId, entries }) => entries.map((entry) => ({ ledgerId, entry }))),
      )
    } catch (error) {
      this.#waiting = [...parcels, ...this.#waiting]
      throw error
    }
    for (const { onArchived } of parcels) onArchived()
  }
}

const countOf = (parcels: readonly Parcel[]): number => parcels.reduce((sum, { entries }) => sum + entries.length, 0)
