import type { BookEntry } from '../../domain/credits/entry.ts'
import { type BillingError, isBillingError } from '../../domain/errors.ts'
import { DeadlineError } from '../errors.ts'

/** What is known of the writes of one batch while it is being tried. */
export class Tries {
  readonly #hashes = new Set<string>()
  #lost: BillingError | null = null

  /**
   * Null when nothing was written, or when the connection broke and the book has to be read to know. Past its deadline
   * there is no time left for that.
   */
  async write<T>(entries: readonly BookEntry[], save: () => Promise<T | null>): Promise<T | null> {
    for (const { hash } of entries) this.#hashes.add(hash)
    try {
      return await save()
    } catch (error) {
      if (!isBillingError(error, 'outcome_unknown') || error.cause instanceof DeadlineError) throw error
      this.#lost = error
      return null
    }
  }

  /** Failing at anything else while the fate of a write is open leaves it open. */
  async whileUnsure<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work()
    } catch (error) {
      throw this.#lost ?? error
    }
  }

  /** The keys of entries that turn out to have been written by one of these tries. */
  landedKeys(known: readonly BookEntry[]): Set<string> {
    return new Set(known.filter(({ hash }) => this.#hashes.has(hash)).map(({ key }) => key))
  }
}
