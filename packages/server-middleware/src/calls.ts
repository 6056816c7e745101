import type { Interval } from '@paywright/contract'
import type { Identity } from './domain/account.ts'

/** A charge from the host's own code. Without `key` every call charges anew. */
export type ChargeCall = Identity & {
  credits?: number
  key?: string
  description: string
  metadata?: Readonly<Record<string, string>>
}

/**
 * Credits that are given away. `key` names the occasion, such as `spring-2027`: again with it, nothing more is granted.
 * `reason` is what the account's history says.
 */
export type GrantCall = Identity & { credits: number; reason: string; key: string; expiresAt?: Date }

/** Credits to be set aside, for `expiresInSeconds` (300) at most. Without `key` every call holds anew. */
export type HoldCall = Identity & {
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

/**
 * An order to buy a pack with the payment method on file as soon as fewer than `threshold` credits are left. At most two
 * start in ten minutes; a declined payment pauses it for an hour, three in a row stop it until it is set again.
 */
export type TopUpCall<PackId extends string> = Identity & { topUp: { threshold: number; packId: PackId } | null }
