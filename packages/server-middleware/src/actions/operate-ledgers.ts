import type { Deps } from '../ports/deps.ts'
import { type AdjustInput, adjustCredits } from './adjust-credits.ts'
import type { Charge } from './charge-credits.ts'
import { type FreezeInput, type FrozenLedger, freezeLedger, unfreezeLedger } from './freeze-ledger.ts'
import { type ReverseInput, reverseEntry } from './reverse-entry.ts'
import { type ShowLedgerInput, type ShownLedger, showLedger } from './show-ledger.ts'

/** What the host's operators do with one account's ledger. */
export type LedgerOperations = {
  show(input: ShowLedgerInput): Promise<ShownLedger>
  adjust(input: AdjustInput): Promise<Charge>
  reverse(input: ReverseInput): Promise<Charge>
  freeze(input: FreezeInput): Promise<FrozenLedger>
  unfreeze(input: FreezeInput): Promise<FrozenLedger>
}

export const operateLedgers = (deps: Deps): LedgerOperations => ({
  show: (input) => showLedger(deps, input),
  adjust: (input) => adjustCredits(deps, input),
  reverse: (input) => reverseEntry(deps, input),
  freeze: (input) => freezeLedger(deps, input),
  unfreeze: (input) => unfreezeLedger(deps, input),
})
