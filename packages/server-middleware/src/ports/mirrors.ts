import type { Customer } from '../domain/customer.ts'
import type { Dispute } from '../domain/dispute.ts'
import type { Invoice } from '../domain/invoice.ts'
import type { PaymentMethod } from '../domain/payment-method.ts'

/** The provider's truth about objects of one kind, as it was last fetched. */
export interface Mirror<Row> {
  /** Takes a number for a fetch that is about to start: of two fetches the one with the higher number is newer. */
  startFetch(id: string): Promise<number>
  /** Saves over older fetches only. */
  save(row: Row, fetch: number): Promise<'saved' | 'stale'>
  /** The provider has it no more: holds nothing, over older fetches only. */
  remove(id: string, fetch: number): Promise<'removed' | 'stale'>
  find(id: string): Promise<Row | null>
  /** An account's. */
  list(accountRef: string): Promise<readonly Row[]>
  /** Forgets what says who somebody is, until a later fetch; answers in how many rows of the account's it was. */
  erase(accountRef: string): Promise<number>
}

export interface Mirrors {
  readonly invoices: Mirror<Invoice>
  readonly paymentMethods: Mirror<PaymentMethod>
  readonly disputes: Mirror<Dispute>
  readonly customers: Mirror<Customer>
}
