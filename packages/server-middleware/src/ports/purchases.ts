import type { Purchase } from '../domain/purchase.ts'
import type { RowPage } from './pages.ts'

/** `taken`: an open one of the same account and pack was there; it is `purchase`. */
export type OpenedPurchase = { outcome: 'opened' | 'taken'; purchase: Purchase }

export interface PurchaseStore {
  /** Writes the row; at most one purchase that is open in the page per account, pack and quantity. */
  open(purchase: Purchase): Promise<OpenedPurchase>
  find(id: string): Promise<Purchase | null>
  /** Those that the provider knows of, and that can still change. */
  listUnsettled(page: RowPage): Promise<readonly Purchase[]>
  findByPayment(providerPaymentId: string): Promise<Purchase | null>
  linkPayment(id: string, providerPaymentId: string): Promise<Purchase>
  /** Takes a number for a fetch of its payment that is about to start. */
  startFetch(id: string): Promise<number>
  /**
   * Moves it on, with `fetch` over older fetches only. `succeeded` and `canceled` are final. Answers the row as it then
   * is.
   */
  settle(id: string, change: PurchaseChange, fetch?: number): Promise<Purchase>
  eraseEvidence(accountRef: string): Promise<number>
}

export type PurchaseChange = Pick<Purchase, 'status' | 'failure' | 'settledAt'>
