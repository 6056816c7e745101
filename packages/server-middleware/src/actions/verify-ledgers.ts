import { type Audit, createAuditor, type Flaw } from '../domain/credits/audit.ts'
import { ledgerIdOf } from '../domain/credits/entry.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps, OpenedBook } from '../ports.ts'
import { ledgerOf } from './ledger-of.ts'

export type VerifiedLedgers = { ledgers: number; entries: number; unsound: readonly UnsoundLedger[] }

export type UnsoundLedger = { ledgerId: string; flaws: readonly Flaw[] }

/**
 * Folds every ledger, or one account's, from its first entry, and holds it against all that must be true of it. Changes
 * nothing and may run at any time: a ledger that seems wrong while it is written to is looked at again.
 */
export const verifyLedgers = async (
  deps: Deps,
  { accountId }: { accountId?: string } = {},
): Promise<VerifiedLedgers> => {
  const unsound: UnsoundLedger[] = []
  let [ledgers, entries] = [0, 0]
  for await (const book of deps.store.ledger.books(await idOf(deps, accountId))) {
    const audit = await auditBook(book)
    ledgers += 1
    entries += audit.entries
    if (audit.flaws.length > 0) unsound.push(...(await lookAgain(deps, book.id)))
  }
  deps.logger.info({ ledgers, entries, unsound: unsound.length }, 'ledgers_verified')
  return { ledgers, entries, unsound }
}

const idOf = async (deps: Deps, accountId: string | undefined): Promise<string | undefined> => {
  if (accountId === undefined) return undefined
  const account = await deps.store.accounts.find(accountId)
  if (!account) throw new BillingError('not_found', `There is no account ${accountId}.`)
  return ledgerIdOf(ledgerOf(deps, account))
}

const auditBook = async ({ state, entries, hash }: OpenedBook): Promise<Audit> => {
  const auditor = createAuditor(hash)
  for await (const portion of entries) auditor.read(portion)
  return auditor.finish(state)
}

/** Alone, its document is read before its archive, and then nothing can be missing between the two. */
const lookAgain = async ({ store }: Deps, id: string): Promise<readonly UnsoundLedger[]> => {
  const unsound: UnsoundLedger[] = []
  for await (const book of store.ledger.books(id)) {
    const { flaws } = await auditBook(book)
    if (flaws.length > 0) unsound.push({ ledgerId: id, flaws })
  }
  return unsound
}
