import type { BookEntry } from '../domain/credits/entry.ts'
import type { Balance, LedgerEntry, LedgerRef, Operation, Posting } from '../domain/credits/operation.ts'
import type { LedgerState } from '../domain/credits/state.ts'

/** A book as a whole: what is kept of it, and all its entries from the first on, in portions. */
export type OpenedBook = {
  id: string
  state: LedgerState
  entries: AsyncIterable<readonly BookEntry[]>
  /** The hash that its entries are sealed with. */
  hash: (text: string) => string
}

/**
 * Books of credits. Every operation is one atomic, durable step; parallel ones never overdraw.
 *
 * @throws BillingError `store_unavailable`, `outcome_unknown` (ask again with the same key), `too_many_requests`
 */
export interface Ledger {
  post(ledger: LedgerRef, operation: Operation): Promise<Posting>
  /** The figures as this process knows them, if it does: others may have written since. */
  peek(ledger: LedgerRef): Balance | null
  /** The figures as they stand in the database. */
  read(ledger: LedgerRef): Promise<Balance>
  /** Every book, or the one of this id, for whoever checks them: to be read one after the other. */
  books(ledgerId?: string): AsyncIterable<OpenedBook>
  /** Finishes what processes that died since left half done; gives how many books it found. */
  tidy(before: Date): Promise<number>
  /** The ids of the books that this process wrote in last, the newest first. */
  recent(limit: number): readonly string[]
  /** Newest first; `before` is the `seq` to go on from. */
  list(ledger: LedgerRef, page: { before: number | null; limit: number }): Promise<readonly LedgerEntry[]>
}
