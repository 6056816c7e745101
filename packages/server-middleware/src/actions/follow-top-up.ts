import type { Account } from '../domain/account.ts'
import type { Deps } from '../ports/deps.ts'
import type { Posted } from './require-posted.ts'
import { runTopUp } from './run-top-up.ts'

type Written = { unit: string; posted: Posted }

/** Carries out the top-up that an entry has started, or taken over. Nobody waits for it. */
export const followTopUp = (deps: Deps, account: Account, { unit, posted }: Written): void => {
  const { started } = posted.balance.topUp
  if (started?.triedBy !== posted.entry.seq) return
  deps.clock.after(0, () => {
    runTopUp(deps, account, { unit, startedBy: started.seq }).catch((error: unknown) => {
      deps.logger.error({ account: account.ref, unit, startedBy: started.seq, error }, 'top_up_failed')
    })
  })
}
