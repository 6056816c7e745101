import { createAuditor, type Flaw } from '../../src/domain/credits/audit.ts'
import type { BookEntry, Tools } from '../../src/domain/credits/entry.ts'
import { applyEntry, emptyState, type LedgerState } from '../../src/domain/credits/state.ts'

/** What is wrong with a book; without a state, with its entries alone. */
export const flawsOf = (
  entries: readonly BookEntry[],
  hash: Tools['hash'],
  state: LedgerState = entries.reduce(applyEntry, emptyState),
): readonly Flaw[] => {
  const auditor = createAuditor(hash)
  auditor.read(entries)
  return auditor.finish(state).flaws
}
