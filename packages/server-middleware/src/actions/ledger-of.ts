import type { Account } from '../domain/account.ts'
import { freeUsesOf } from '../domain/catalog.ts'
import type { LedgerRef } from '../domain/credits/operation.ts'
import type { Deps } from '../ports/deps.ts'

/** The account's book of credits in a unit: the default one when none is named. */
export const ledgerOf = (
  { catalog, policy }: Deps,
  account: Pick<Account, 'ref'>,
  unit: string = catalog.unit,
): LedgerRef => ({
  accountRef: account.ref,
  unit,
  freeUses: freeUsesOf(catalog, unit),
  ...policy.credits,
})
