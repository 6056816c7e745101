import type { Account } from '../domain/account.ts'
import { scaleOf } from '../domain/catalog.ts'
import type { LedgerEntry } from '../domain/credits/operation.ts'
import type { Deps } from '../ports/deps.ts'
import { announce } from './announce.ts'

type Spent = { unit: string; entry: LedgerEntry; credits: number }

/**
 * Announces that an entry has taken what is available below the threshold of its unit. Nobody waits for it: the credits
 * are spent whatever comes of this, and the same charge again announces it again.
 */
export const watchLowCredits = (deps: Deps, account: Account, { unit, entry, credits }: Spent): void => {
  const threshold = deps.policy.lowAt[unit]
  const scale = scaleOf(deps.catalog, unit)
  const available = entry.balanceAfter
  if (threshold === undefined || available >= threshold || available + credits < threshold) return
  const key = `credits.low:${account.ref}:${unit}:${entry.seq}`
  const { accountId } = account
  deps.clock.after(0, () => {
    announce(deps, { type: 'credits.low', key, accountId, unit, scale, available, threshold }).catch((err: unknown) =>
      deps.logger.error({ account: account.ref, unit, err }, 'credits_low_untold'),
    )
  })
}
