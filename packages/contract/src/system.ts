import type { Currency, Timestamp } from './money.ts'

/** What the browser may know about how billing is set up. */
export type Config = {
  provider: string
  publishableKey: string
  mode: 'test' | 'live'
  currency: Currency
  locale: string
  features: { checkout: boolean; purchases: boolean; portal: boolean; promotionCodes: boolean; tax: boolean }
}

export type WebhookReceipt = { received: true; duplicate?: true; ignored?: true }

export type Health = {
  status: 'ok' | 'degraded' | 'down'
  provider: { id: string; mode: 'test' | 'live' }
  store: { status: 'ok' | 'down' }
  webhook: {
    lastReceivedAt: Timestamp | null
    /** Seconds between the oldest event that is received and not yet done, and now. */
    lagSeconds: number
    pending: number
    /** Will be tried again. */
    failed: number
    /** Given up: somebody has to look, and to replay them. */
    dead: number
    /** Signatures that could not be checked because a body parser ran first. */
    bodyConsumed: number
  }
  /** What has to reach the host's hooks, and people. */
  outbox: { effects: OutboxHealth; notifications: OutboxHealth }
}

/** `failed` will be tried again; `dead` is given up: somebody has to look, and to retry it. */
export type OutboxHealth = { pending: number; failed: number; dead: number }
