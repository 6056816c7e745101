import type { Currency, GrantKind, MinorAmount } from '@paywright/contract'
import type { DisputeStatus, GrantTerms, Leg, TopUp, TopUpTerms } from './state.ts'

/**
 * One account's book of credits in one unit. `freeUses` is what a book that nobody has written in yet starts with; the
 * first entry writes it down. `overdraft` is how far below zero charges may take it; `shortfall` who answers for credits
 * that were spent before their money went back.
 */
export type LedgerRef = {
  accountRef: string
  unit: string
  freeUses: number
  overdraft: number
  shortfall: Shortfall
}

/** What the host wants to remember about an entry. `amountMinor` is for its books and decides nothing. */
export type Note = {
  description: string
  metadata: Readonly<Record<string, string>>
  amountMinor: MinorAmount | null
  currency: Currency | null
}

/** What was paid for credits, as our own books have it: what money that goes back takes along is counted from this. */
export type PaidCredits = {
  paymentId: string
  paidMinor: MinorAmount
  credits: number
  /** What the credits were granted as, for when some are given back. */
  kind: GrantKind
  expiresAt: Date | null
}

/** The account, with its next grants; other grants of which something is left, and then the account; or nobody. */
export type Shortfall = 'debt' | 'other_grants' | 'write_off'

/** An entry that is to be undone, with the terms of the grants that it took from. */
export type ReversedEntry = {
  seq: number
  op: EntryOp
  legs: readonly Leg[]
  terms: Readonly<Record<string, GrantTerms>>
}

type Keyed<Content> = Content & { key: string; note: Note }

/** A change to a ledger. The same key with the same content gives the first answer again. */
export type Operation = Keyed<
  | { op: 'charge'; credits: number }
  | { op: 'grant'; grant: GrantTerms }
  /** Sets credits aside, for at most a day. */
  | { op: 'hold'; credits: number; lastsSeconds: number }
  /** Spends what a hold set aside, and gives back the rest. More than that only with `allowExtra`. */
  | { op: 'capture'; holdId: string; credits: number; allowExtra: boolean }
  | { op: 'release'; holdId: string }
  /** How a refund stands: what failed is given back. */
  | { op: 'refund'; payment: PaidCredits; refundId: string; amountMinor: number; failed: boolean }
  /** How a dispute stands: an open one freezes, a won one lets go, a lost one takes. */
  | {
      op: 'dispute'
      payment: PaidCredits
      disputeId: string
      amountMinor: number
      status: DisputeStatus
    }
  /** What an operator adds, or takes of what is available. */
  | { op: 'adjust'; credits: number }
  /** Undoes an entry, once: its key is `reverse:<seq>`. */
  | { op: 'reverse'; entry: ReversedEntry }
  /** A frozen book takes credits in and gives none out; holds that are open may still be captured. */
  | { op: 'freeze' | 'unfreeze' }
  /** Null turns it off. */
  | { op: 'set_top_up'; terms: TopUpTerms | null }
  /** The payment of the top-up that this entry started was declined. */
  | { op: 'decline_top_up'; startedBy: number }
>

/** What an entry records; `expire` and `timeout` are the book's own doing. */
export type EntryOp = Operation['op'] | 'expire' | 'timeout'

/** What is left of a grant. */
export type OpenGrant = { id: string; kind: GrantKind; credits: number; remaining: number; expiresAt: Date | null }

export type OpenHold = { id: string; credits: number; expiresAt: Date }

/**
 * A ledger's figures. `available` is Σ remaining of the grants that are effective and not expired, less `debt`; what is
 * `held` or `frozen` is no longer among them.
 */
export type Balance = {
  available: number
  remaining: Readonly<Record<GrantKind, number>>
  held: number
  frozen: number
  debt: number
  spent: number
  isFrozen: boolean
  grants: readonly OpenGrant[]
  holds: readonly OpenHold[]
  nextExpiryAt: Date | null
  topUp: TopUp
}

/** A line of the book. `credits` is signed; `balanceAfter` what was available when it had been written. */
export type LedgerEntry = {
  id: string
  seq: number
  op: EntryOp
  key: string
  credits: number
  balanceAfter: number
  note: Note
  at: Date
}

/** `hold_closed`: captured, released or run out before, or never there. */
export type Refusal = 'insufficient' | 'frozen' | 'hold_closed' | 'exceeds_hold' | 'too_many_holds'

/** How an operation ended. `conflict`: its key was used before, for something else. A refusal leaves no trace. */
export type Posting =
  | { outcome: 'posted' | 'replayed'; entry: LedgerEntry; balance: Balance }
  | { outcome: Refusal; balance: Balance }
  | { outcome: 'conflict' }
