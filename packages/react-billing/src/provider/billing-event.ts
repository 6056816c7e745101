import type { CheckoutRequest } from '@paywright/contract'

/** What happened in the browser, for the host's analytics. Money is settled on the server, never here. */
export type BillingEvent =
  | { type: 'checkout_started'; request: CheckoutRequest }
  | { type: 'portal_opened' }
  | { type: 'purchase_started'; paymentId: string; packId: string }
  | { type: 'purchase_succeeded'; paymentId: string; packId: string }
  | { type: 'purchase_refused'; code: string; packId: string | null }
