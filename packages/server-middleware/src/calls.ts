import type { Interval } from '@paywright/contract'
import type { Identity } from './domain/account.ts'

/** What a call counts in: the catalog's default unit when it doesn't say. */
export type InUnit<Unit extends string = string> = { unit?: Unit }

/** A charge from the host's own code. Without `key` every call charges anew. */
export type ChargeCall<Unit extends string = string> = Identity &
  InUnit<Unit> & {
    credits?: number
    key?: string
    description: string
    metadata?: Readonly<Record<string, string>>
  }

/**
 * Credits that are given away. `key` names the occasion, such as `spring-2027`: again with it, nothing more is granted.
 * `reason` is what the account's history says.
 */
export type GrantCall<Unit extends string = string> = Identity &
  InUnit<Unit> & { credits: number; reason: string; key: string; expiresAt?: Date }

/** Credits to be set aside, for `expiresInSeconds` (300) at most. Without `key` every call holds anew. */
export type HoldCall<Unit extends string = string> = Identity &
  InUnit<Unit> & {
    credits: number
    expiresInSeconds?: number
    key?: string
    description: string
    metadata?: Readonly<Record<string, string>>
  }

export type CheckoutCall<PlanId extends string, PackId extends string> = Identity & {
  returnPath?: string
  promotionCode?: string
  quantity?: number
} & ({ planId: PlanId; interval?: Interval } | { packId: PackId })

export type ReleaseCall = Identity & { holdId: string }
export type CaptureCall = ReleaseCall & { credits: number; allowExtra?: boolean }

/**
 * An order to buy a pack with the payment method on file as soon as fewer than `threshold` credits are left. At most two
 * start in ten minutes; a declined payment pauses it for an hour, three in a row stop it until it is set again. Every
 * unit has its own: it is the pack's, and to end one say which.
 */
export type TopUpCall<PackId extends string, Unit extends string = string> = Identity &
  InUnit<Unit> & { topUp: { threshold: number; packId: PackId } | null }
