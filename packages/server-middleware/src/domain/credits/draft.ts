import type { LedgerRef } from './operation.ts'
import type { Effects, LedgerState, Leg } from './state.ts'

/** What an operation finds: the book as it stands, with all that time has done written down, and the time. */
export type Drafting = { state: LedgerState; ledger: LedgerRef; at: Date }

/** What an operation comes to, before it is numbered, dated and sealed. */
export type EntryDraft = { credits: number; legs: readonly Leg[]; effects: Effects }
