import type { Balance } from '../domain/credits/operation.ts'
import type { Deps } from '../ports.ts'
import { ledgerOf } from './ledger-of.ts'

/** An account's credits as the database has them; a stranger's are the free uses. */
export const readCredits = async (deps: Deps, { accountId }: { accountId: string }): Promise<Balance> => {
  const account = await deps.store.accounts.find(accountId)
  return deps.store.ledger.read(ledgerOf(deps, account ?? { ref: '' }))
}
