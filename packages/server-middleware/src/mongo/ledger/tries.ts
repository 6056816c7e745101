import type { BookEntry } from '../../domain/credits/entry.ts'
import { type BillingError, isBillingError } from '../../domain/errors.ts'
import { DeadlineError, unsure } from '../errors.ts'
import type { Snapshot } from './snapshot.ts'

/** What is known of the writes of one batch while it is being tried. */
export class Tries {
  readonly #hashes = new Set<string>()
  /** What the book was when a write was lost: while it still is, that write may land. */
  readonly #lostOn = new Set<string | null>()
  #isUnsure = false
  #lost: BillingError | null = null

  /**
   * Null when nothing was written, or when the book has to be read to know: the connection broke, or somebody else has
   * written on top of it since. Past its deadline there is no time left for that.
   */
  async write<T>({ rev }: Snapshot, entries: readonly BookEntry[], save: () => Promise<T | null>): Promise<T | null> {
    for (const { hash } of entries) this.#hashes.add(hash)
    this.#isUnsure = true
    try {
      return await save()
    } catch (error) {
      if (!isBillingError(error, 'outcome_unknown') || error.cause instanceof DeadlineError) throw error
      this.#lost = error
      this.#lostOn.add(rev)
      return null
    }
  }

  /** Failing at anything else while the fate of a write is open leaves it open. */
  async whileUnsure<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.#lost ?? (this.#isUnsure ? unsure(error) : error)
    }
  }

  /** Whether a write of which nothing is known may still be carried out on a book as it is in this snapshot. */
  mayStillLand({ rev }: Snapshot): boolean {
    return this.#lostOn.has(rev)
  }

  /** The keys of entries that turn out to have been written by one of these tries. */
  landedKeys(known: readonly BookEntry[]): Set<string> {
    return new Set(known.filter(({ hash }) => this.#hashes.has(hash)).map(({ key }) => key))
  }
}
