import type { Account, CreateAccountRequest } from './accounts.ts'
import type { CheckoutRequest, CheckoutResponse, PortalRequest, PortalResponse } from './checkout.ts'
import type {
  CaptureRequest,
  ChargeRequest,
  ChargeResponse,
  CheckRequest,
  CheckResponse,
  Credits,
  EntriesQuery,
  Entry,
  HoldRequest,
  HoldResponse,
  Page,
  ReleaseRequest,
} from './credits.ts'
import type { PlansResponse } from './plans.ts'
import type { Purchase, PurchaseQuery, PurchaseRequest, StartedPurchase } from './purchases.ts'
import type { Status, StatusQuery } from './status.ts'
import type { Config, Health, WebhookReceipt } from './system.ts'

export type RouteDefinition = { method: 'GET' | 'POST'; path: `/${string}` }

/** Every route of the router, relative to where the host mounted it. */
export const routes = {
  createAccount: { method: 'POST', path: '/accounts' },
  getConfig: { method: 'GET', path: '/config' },
  listPlans: { method: 'GET', path: '/plans' },
  getStatus: { method: 'GET', path: '/status' },
  startCheckout: { method: 'POST', path: '/checkout' },
  startPurchase: { method: 'POST', path: '/purchases' },
  getPurchase: { method: 'GET', path: '/purchases/:paymentId' },
  getCredits: { method: 'GET', path: '/credits' },
  listEntries: { method: 'GET', path: '/credits/entries' },
  checkCredits: { method: 'POST', path: '/credits/check' },
  chargeCredits: { method: 'POST', path: '/credits/charges' },
  holdCredits: { method: 'POST', path: '/credits/holds' },
  captureHold: { method: 'POST', path: '/credits/holds/:holdId/capture' },
  releaseHold: { method: 'POST', path: '/credits/holds/:holdId/release' },
  openPortal: { method: 'POST', path: '/portal' },
  receiveWebhook: { method: 'POST', path: '/webhook' },
  receiveProviderWebhook: { method: 'POST', path: '/webhook/:provider' },
  getHealth: { method: 'GET', path: '/health' },
  getOpenApi: { method: 'GET', path: '/openapi.json' },
} as const satisfies Record<string, RouteDefinition>

export type RouteName = keyof typeof routes

/** What each route takes and gives. `undefined` is no body, no query. */
export type RouteTypes = {
  createAccount: { query: undefined; body: CreateAccountRequest; response: Account }
  getConfig: { query: undefined; body: undefined; response: Config }
  listPlans: { query: undefined; body: undefined; response: PlansResponse }
  getStatus: { query: StatusQuery; body: undefined; response: Status }
  startCheckout: { query: undefined; body: CheckoutRequest; response: CheckoutResponse }
  startPurchase: { query: undefined; body: PurchaseRequest; response: StartedPurchase }
  getPurchase: { query: PurchaseQuery; body: undefined; response: Purchase }
  getCredits: { query: { unit?: string }; body: undefined; response: Credits }
  listEntries: { query: EntriesQuery; body: undefined; response: Page<Entry> }
  checkCredits: { query: undefined; body: CheckRequest; response: CheckResponse }
  chargeCredits: { query: undefined; body: ChargeRequest; response: ChargeResponse }
  holdCredits: { query: undefined; body: HoldRequest; response: HoldResponse }
  captureHold: { query: undefined; body: CaptureRequest; response: ChargeResponse }
  releaseHold: { query: undefined; body: ReleaseRequest; response: ChargeResponse }
  openPortal: { query: undefined; body: PortalRequest; response: PortalResponse }
  receiveWebhook: { query: undefined; body: unknown; response: WebhookReceipt }
  receiveProviderWebhook: { query: undefined; body: unknown; response: WebhookReceipt }
  getHealth: { query: undefined; body: undefined; response: Health }
  getOpenApi: { query: undefined; body: undefined; response: object }
}
