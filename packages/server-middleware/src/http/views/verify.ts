import type { VerifiedLedgers } from '../../actions/verify-books.ts'

/** What folding ledgers came to: `sound`, or which are not, and at which entry (`seq`; null: as a whole). */
export const toVerdict = ({ ledgers, entries, unsoundCount, unsound }: VerifiedLedgers) => ({
  sound: unsoundCount === 0,
  ledgers,
  entries,
  unsoundCount,
  unsound,
})
