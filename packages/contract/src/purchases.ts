import type { NamedAccount } from './credits.ts'
import type { Currency, MinorAmount, Money, Timestamp } from './money.ts'

/** Where a purchase stands. `succeeded` means that the credits are in the ledger, not only that the bank said yes. */
export const purchaseStatuses = [
  'requires_payment_method',
  'requires_action',
  'processing',
  'succeeded',
  'canceled',
] as const

export type PurchaseStatus = (typeof purchaseStatuses)[number]

/** Without `packId` the catalog's only pack is meant. Prices and credits come from the catalog, never from here. */
export type PurchaseRequest = Partial<NamedAccount> & { packId?: string; quantity?: number }

/** A service caller names whose purchase it is; a signed-in person sends nothing. */
export type PurchaseQuery = Partial<Pick<NamedAccount, 'oauthProvider' | 'externalId'>>

/** Why the last attempt to pay failed, in words for the buyer. `declineCode` is the bank's, when it gave one. */
export type PaymentFailure = { code: string; declineCode: string | null; message: string }

export type Purchase = {
  paymentId: string
  packId: string
  quantity: number
  /** What `usesPurchased` counts; `scale` of it make one that people see. */
  unit: string
  scale: number
  usesPurchased: number
  amountMinor: MinorAmount
  currency: Currency
  price: Money
  status: PurchaseStatus
  failure: PaymentFailure | null
  createdAt: Timestamp
}

/** `clientSecret` is for the Payment Element; it appears only in the answer to the buyer who started the purchase. */
export type StartedPurchase = Purchase & { clientSecret: string }
