import type { Currency, GrantKind, MinorAmount } from '@paywright/contract'

/**
 * One account's book of credits in one unit. `freeUses` is what a book that nobody has written in yet starts with; the
 * first entry writes it down.
 */
export type LedgerRef = { accountRef: string; unit: string; freeUses: number }

/** What the host wants to remember about an entry. `amountMinor` is for its books and decides nothing. */
export type Note = {
  description: string
  metadata: Readonly<Record<string, string>>
  amountMinor: MinorAmount | null
  currency: Currency | null
}

/** Credits to come in. `source` says what they were given for: a payment, an invoice line, an operator. */
export type GrantTerms = {
  kind: GrantKind
  credits: number
  effectiveAt: Date | null
  expiresAt: Date | null
  source: Readonly<Record<string, string>>
}

/** A change to a ledger. The same key with the same content gives the first answer again. */
export type Operation =
  | { op: 'charge'; key: string; credits: number; note: Note }
  | { op: 'grant'; key: string; grant: GrantTerms; note: Note }

/** What is left of a grant. */
export type OpenGrant = { id: string; kind: GrantKind; credits: number; remaining: number; expiresAt: Date | null }

/** A ledger's figures. `available` is Σ remaining of the grants that are effective and not expired, less `debt`. */
export type Balance = {
  available: number
  remaining: Readonly<Record<GrantKind, number>>
  held: number
  debt: number
  spent: number
  grants: readonly OpenGrant[]
  nextExpiryAt: Date | null
}

/** A line of the book. `credits` is signed; `balanceAfter` what was available when it had been written. */
export type LedgerEntry = {
  id: string
  seq: number
  op: 'charge' | 'grant' | 'expire'
  key: string
  credits: number
  balanceAfter: number
  note: Note
  at: Date
}

/** How an operation ended. `conflict`: its key was used before, for something else. A refusal leaves no trace. */
export type Posting =
  | { outcome: 'posted' | 'replayed'; entry: LedgerEntry; balance: Balance }
  | { outcome: 'insufficient'; balance: Balance }
  | { outcome: 'conflict' }
