import type { Checkout, CheckoutSnapshot } from '../domain/checkout.ts'
import type { RowPage } from './pages.ts'

export type OpenedCheckout = { outcome: 'opened' | 'taken'; checkout: Checkout }

export interface CheckoutStore {
  /** Writes the row; at most one open checkout per account and slot. */
  open(checkout: Checkout): Promise<OpenedCheckout>
  /** Those that are open, or complete and not paid yet. */
  listUnsettled(page: RowPage): Promise<readonly Checkout[]>
  findBySession(providerSessionId: string): Promise<Checkout | null>
  linkSession(id: string, snapshot: CheckoutSnapshot): Promise<Checkout>
  /** `complete` and `expired` are final. */
  close(id: string, change: CheckoutChange): Promise<Checkout>
  eraseEvidence(accountRef: string): Promise<number>
}

export type CheckoutChange = Pick<Checkout, 'status' | 'paid' | 'providerSubscriptionId'>
