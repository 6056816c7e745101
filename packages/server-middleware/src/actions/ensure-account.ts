import type { Account, Identity } from '../domain/account.ts'
import type { Deps } from '../ports/deps.ts'

/** Finds the account of whoever asks, or makes its row. The provider hears of it at the first purchase. */
export const ensureAccount = ({ store, clock }: Deps, identity: Identity): Promise<Account> =>
  store.accounts.ensure(
    { accountId: identity.accountId, email: identity.email ?? null, name: identity.name ?? null },
    clock.now(),
  )
