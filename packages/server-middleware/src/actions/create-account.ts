import type { Account, Identity } from '../domain/account.ts'
import { type Catalog, packsIn } from '../domain/catalog.ts'
import type { Deps } from '../ports/deps.ts'
import { ensureAccount } from './ensure-account.ts'
import { ledgerOf } from './ledger-of.ts'

export type CreateAccountInput = { identity: Identity; initialBalanceMinor?: number }

/**
 * Makes an account known on behalf of a service. A balance that it brings along becomes credits at the price of the
 * catalog's first pack in its default unit, rounded down, once however often this is called.
 */
export const createAccount = async (deps: Deps, input: CreateAccountInput): Promise<Account> => {
  const account = await ensureAccount(deps, input.identity)
  const credits = creditsFor(deps.catalog, input.initialBalanceMinor ?? 0)
  if (credits > 0) await grantInitialBalance(deps, account, credits)
  return account
}

/** In big integers: the product may be beyond what a number holds exactly. */
const creditsFor = (catalog: Catalog, balanceMinor: number): number => {
  const pack = packsIn(catalog, catalog.unit)[0]
  return pack ? Number((BigInt(balanceMinor) * BigInt(pack.credits)) / BigInt(pack.amountMinor)) : 0
}

const grantInitialBalance = (deps: Deps, account: Account, credits: number) =>
  deps.store.ledger.post(ledgerOf(deps, account), {
    op: 'grant',
    key: `initial:${account.ref}`,
    grant: {
      kind: 'promotional',
      credits,
      effectiveAt: null,
      expiresAt: null,
      rollover: null,
      source: { reason: 'initial balance' },
    },
    note: { description: 'Initial balance', metadata: {}, amountMinor: null, currency: null },
  })
