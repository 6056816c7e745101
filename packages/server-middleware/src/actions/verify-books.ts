import { type Audit, createAuditor, type Flaw } from '../domain/credits/audit.ts'
import { accountRefOf } from '../domain/credits/entry.ts'
import type { Deps } from '../ports/deps.ts'
import type { OpenedBook } from '../ports/ledger.ts'

/** `unsoundCount` counts all, `unsound` describes the first hundred. */
export type VerifiedLedgers = {
  ledgers: number
  entries: number
  unsoundCount: number
  unsound: readonly UnsoundLedger[]
}

/** `accountId` is null when the ledger belongs to nobody. */
export type UnsoundLedger = { ledgerId: string; accountId: string | null; flaws: readonly Flaw[] }

const mostDescribed = 100

/** Folds book after book and remembers of each no more than its flaws. Stops early when nobody waits for the answer. */
export const verifyBooks = async (
  deps: Deps,
  books: AsyncIterable<OpenedBook>,
  signal?: AbortSignal,
): Promise<VerifiedLedgers> => {
  const unsound: UnsoundLedger[] = []
  let [ledgers, entries, unsoundCount] = [0, 0, 0]
  for await (const book of books) {
    if (signal?.aborted) break
    const audit = await auditBook(book)
    ledgers += 1
    entries += audit.entries
    const found = audit.flaws.length === 0 ? [] : await lookAgain(deps, book.id)
    unsoundCount += found.length
    unsound.push(...found.slice(0, mostDescribed - unsound.length))
  }
  deps.logger.info({ ledgers, entries, unsound: unsoundCount }, 'ledgers_verified')
  return { ledgers, entries, unsoundCount, unsound }
}

const auditBook = async ({ state, entries, hash }: OpenedBook): Promise<Audit> => {
  const auditor = createAuditor(hash)
  for await (const portion of entries) auditor.read(portion)
  return auditor.finish(state)
}

/** Alone, its document is read before its archive, and then nothing can be missing between the two. */
const lookAgain = async ({ store }: Deps, ledgerId: string): Promise<readonly UnsoundLedger[]> => {
  const unsound: UnsoundLedger[] = []
  for await (const book of store.ledger.books(ledgerId)) {
    const { flaws } = await auditBook(book)
    const account = flaws.length === 0 ? null : await store.accounts.findByRef(accountRefOf(ledgerId))
    if (flaws.length > 0) unsound.push({ ledgerId, accountId: account?.accountId ?? null, flaws })
  }
  return unsound
}
