import type { Account } from '../domain/account.ts'
import type { LedgerRef } from '../domain/credits/operation.ts'
import type { Deps } from '../ports.ts'

/** The account's book of credits. */
export const ledgerOf = ({ catalog, policy }: Deps, account: Pick<Account, 'ref'>): LedgerRef => ({
  accountRef: account.ref,
  unit: catalog.unit,
  freeUses: catalog.freeUses,
  ...policy.credits,
})
