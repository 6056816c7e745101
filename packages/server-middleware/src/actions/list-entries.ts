import type { LedgerEntry } from '../domain/credits/operation.ts'
import { BillingError } from '../domain/errors.ts'
import type { Deps } from '../ports/deps.ts'
import { chooseUnit } from './choose-unit.ts'
import { ledgerOf } from './ledger-of.ts'

export type ListEntriesInput = {
  accountId: string
  unit?: string | undefined
  cursor: string | null
  limit: number
}

export type EntryPage = { items: readonly LedgerEntry[]; nextCursor: string | null }

/**
 * A page of an account's credit history, newest first.
 *
 * @throws BillingError `invalid_request` (no such unit, no cursor of ours)
 */
export const listEntries = async (deps: Deps, input: ListEntriesInput): Promise<EntryPage> => {
  const unit = chooseUnit(deps, input.unit)
  const before = input.cursor === null ? null : toSeq(input.cursor)
  const account = await deps.store.accounts.find(input.accountId)
  if (!account) return { items: [], nextCursor: null }
  const found = await deps.store.ledger.list(ledgerOf(deps, account, unit), { before, limit: input.limit + 1 })
  const items = found.slice(0, input.limit)
  return { items, nextCursor: found.length > items.length ? String(items.at(-1)?.seq) : null }
}

const toSeq = (cursor: string): number => {
  if (/^[1-9]\d{0,14}$/.test(cursor)) return Number(cursor)
  throw new BillingError('invalid_request', 'This cursor is not one of ours: pass nextCursor of the page before.', {
    details: { fields: [{ path: 'cursor', message: 'must be the nextCursor of another page' }] },
  })
}
