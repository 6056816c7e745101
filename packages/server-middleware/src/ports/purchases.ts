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
  /** Moves it on. `succeeded` and `canceled` are final: the row is answered as it is. */
  settle(id: string, change: PurchaseChange): Promise<Purchase>
  eraseEvidence(accountRef: string): Promise<number>
}

export type PurchaseChange = Pick<Purchase, 'status' | 'failure' | 'settledAt'>
