import type {
  CheckoutRequest,
  CheckoutResponse,
  Config,
  PlansResponse,
  PortalRequest,
  PortalResponse,
  Purchase,
  PurchaseRequest,
  StartedPurchase,
  Status,
  StatusQuery,
} from '@paywright/contract'
import { createCaller } from './call.ts'

/** `idempotencyKey` names one attempt of a mutation; without it each call is an attempt of its own. */
export type CallOptions = { signal?: AbortSignal; idempotencyKey?: string }

/**
 * What the kit asks of the billing router.
 *
 * @throws BillingClientError from every method
 */
export interface BillingClient {
  readonly baseUrl: string
  getConfig(options?: CallOptions): Promise<Config>
  listPlans(options?: CallOptions): Promise<PlansResponse>
  getStatus(query?: StatusQuery, options?: CallOptions): Promise<Status>
  startCheckout(request: CheckoutRequest, options?: CallOptions): Promise<CheckoutResponse>
  openPortal(request: PortalRequest, options?: CallOptions): Promise<PortalResponse>
  startPurchase(request: PurchaseRequest, options?: CallOptions): Promise<StartedPurchase>
  getPurchase(paymentId: string, options?: CallOptions): Promise<Purchase>
}

export type BillingClientInput = {
  /** Where the host mounted the router: `'/billing'`, or an absolute URL. */
  baseUrl: string
  fetch?: typeof globalThis.fetch
}

/**
 * A client of the billing router over `fetch`, with the session's cookies.
 *
 * @example
 * const client = createBillingClient({ baseUrl: '/billing' })
 * const { plans } = await client.listPlans()
 */
export const createBillingClient = ({ baseUrl, fetch }: BillingClientInput): BillingClient => {
  const call = createCaller({ baseUrl, fetch: fetch ?? ((...request) => globalThis.fetch(...request)) })
  return {
    baseUrl,
    getConfig: (options) => call('GET /config', { ...options }),
    listPlans: (options) => call('GET /plans', { ...options }),
    getStatus: (query, options) => call('GET /status', { ...options, query: query ?? {} }),
    startCheckout: (body, options) => call('POST /checkout', { ...options, body }),
    openPortal: (body, options) => call('POST /portal', { ...options, body }),
    startPurchase: (body, options) => call('POST /purchases', { ...options, body }),
    getPurchase: (paymentId, options) => call('GET /purchases/:paymentId', { ...options, params: { paymentId } }),
  }
}
