import type { CheckoutRequest, PortalRequest, Purchase, PurchaseRequest } from '@paywright/contract'

/** What happened in the browser, for the host's analytics. Money is settled on the server, never here. */
export type BillingEvent =
  | { type: 'checkout_started'; request: CheckoutRequest }
  | { type: 'portal_opened'; request: PortalRequest }
  | { type: 'purchase_started'; purchase: Purchase }
  | { type: 'purchase_succeeded'; purchase: Purchase }
  | { type: 'purchase_refused'; code: string; request: PurchaseRequest }
