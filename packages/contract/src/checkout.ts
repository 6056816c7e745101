import type { Interval } from './plans.ts'

/** A path of the host's own site, `/account?tab=billing`, resolved against the trusted origins. */
export type ReturnPath = string

export type CheckoutRequest =
  | { planId: string; interval?: Interval; quantity?: number; returnPath?: ReturnPath; promotionCode?: string }
  | { packId: string; quantity?: number; returnPath?: ReturnPath; promotionCode?: string }

/** Where to send the buyer. The same request while the session is open gives the same session. */
export type CheckoutResponse = { url: string; sessionId: string }

export const portalFlows = ['payment_method_update', 'subscription_cancel', 'subscription_update'] as const
export type PortalFlow = (typeof portalFlows)[number]

export type PortalRequest = { returnPath?: ReturnPath; flow?: PortalFlow }
export type PortalResponse = { url: string }
