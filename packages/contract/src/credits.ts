import type { Currency, MinorAmount, Timestamp } from './money.ts'

export const grantKinds = ['free', 'promotional', 'plan', 'paid'] as const

/** Where credits came from; also the order in which they are spent. */
export type GrantKind = (typeof grantKinds)[number]

/** Credits of one origin that can still be spent. */
export type Grant = { kind: GrantKind; remaining: number; amount: number; expiresAt: Timestamp | null }

/**
 * An account's credits in one unit. `available` is what a charge may take now; the kinds add up to it, less `debt`. All
 * numbers are whole; `scale` of them make one unit that people see: with 1000, 1500 tokens are to be shown as 1.5.
 */
export type Credits = {
  unit: string
  scale: number
  available: number
  free: number
  promotional: number
  plan: number
  paid: number
  held: number
  /** Out of reach while the bank decides a dispute. */
  frozen: number
  debt: number
  totalUses: number
  grants: Grant[]
  nextExpiryAt: Timestamp | null
}

/** A service caller (one that `authorizeService` lets through) names the account with these two, together. */
export type NamedAccount = { oauthProvider: string; externalId: string; customerEmail?: string; context?: JsonObject }

export type JsonObject = { [key: string]: JsonValue }
export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject

/** `unit` is one that the catalog counts in, here as everywhere; the default one when it is left out. */
export type CheckRequest = Partial<NamedAccount> & { credits?: number; unit?: string }

/** Whether a charge would pass, and what to offer when it wouldn't. `creditsRemaining` leaves the free uses out. */
export type CheckResponse = {
  hasCredit: boolean
  creditsRemaining: number
  planName: string
  reason: string | null
  freeUsesRemaining: number
  totalUses: number
  purchaseRequired: boolean
  purchasePriceMinor?: MinorAmount
  purchaseUses?: number
}

/**
 * `amountMinor` is recorded for the host's books; it never decides how many credits a charge takes. Each unit has a book
 * of its own, and an Idempotency-Key counts within it.
 */
export type ChargeRequest = Partial<NamedAccount> & {
  credits?: number
  unit?: string
  amountMinor?: MinorAmount
  currency?: Currency
  description: string
  metadata?: Record<string, string>
}

export const entryTypes = [
  'grant',
  'charge',
  'hold',
  'capture',
  'release',
  'expiry',
  'refund',
  'dispute',
  'adjustment',
  'reversal',
] as const
export type EntryType = (typeof entryTypes)[number]

/** One line of an account's credit history. `credits` is signed: a charge is negative. */
export type Entry = {
  id: string
  seq: number
  type: EntryType
  credits: number
  balanceAfter: number
  description: string
  metadata: Record<string, string>
  amountMinor: MinorAmount | null
  currency: Currency | null
  at: Timestamp
}

/** Credits to be set aside for work of unknown cost. `expiresIn` is in seconds: 300 when left out, a day at most. */
export type HoldRequest = Partial<NamedAccount> & {
  credits: number
  unit?: string
  expiresIn?: number
  description: string
  metadata?: Record<string, string>
}

/** Credits set aside. They come back by themselves at `expiresAt`. Its `id` says which unit it is of. */
export type Hold = { id: string; unit: string; credits: number; expiresAt: Timestamp }

export type HoldResponse = { hold: Hold; balance: Credits; replayed: boolean }

/**
 * What the work came to; what is left of the hold comes back. More than was held only with `allowExtra`.
 */
export type CaptureRequest = Partial<NamedAccount> & {
  credits: number
  allowExtra?: boolean
  description?: string
  metadata?: Record<string, string>
}

export type ReleaseRequest = Partial<NamedAccount>

export type ChargeResponse = { entry: Entry; balance: Credits; replayed: boolean }

/** A page of a list; pass `nextCursor` as `?cursor=` for the next one. */
export type Page<Item> = { items: Item[]; nextCursor: string | null }

export type EntriesQuery = { cursor?: string; limit?: number; unit?: string }
