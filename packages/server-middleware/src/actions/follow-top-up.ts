import type { Account } from '../domain/account.ts'
import type { Deps } from '../ports.ts'
import type { Posted } from './require-posted.ts'
import { runTopUp } from './run-top-up.ts'

/** Carries out the top-up that an entry has started, or taken over. Nobody waits for it. */
export const followTopUp = (deps: Deps, account: Account, { entry, balance }: Posted): void => {
  const { started } = balance.topUp
  if (started?.triedBy !== entry.seq) return
  deps.clock.after(0, () => {
    runTopUp(deps, account, started.seq).catch((error: unknown) => {
      deps.logger.error({ account: account.ref, startedBy: started.seq, error }, 'top_up_failed')
    })
  })
}
