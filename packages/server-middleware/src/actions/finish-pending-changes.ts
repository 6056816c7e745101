import type { Deps } from '../ports/deps.ts'
import type { ChangedSubscription } from '../ports/subscriptions.ts'
import { finishChanges } from './finish-changes.ts'

const oldMilliseconds = 60_000
const mostAtOnce = 100

/**
 * Tells the changes of subscriptions that a process which died has saved and not told. One that cannot be told keeps
 * none of the others waiting. Gives how many subscriptions it found.
 *
 * @throws what kept the first of them from being told
 */
export const finishPendingChanges = async (deps: Deps): Promise<number> => {
  const before = new Date(deps.clock.now().getTime() - oldMilliseconds)
  const unfinished = await deps.store.subscriptions.listUnfinished(before, mostAtOnce)
  const results = await Promise.allSettled(unfinished.map((changed) => finish(deps, changed)))
  const failed = results.find((result) => result.status === 'rejected')
  if (failed) throw failed.reason
  return unfinished.length
}

const finish = async (deps: Deps, changed: ChangedSubscription): Promise<void> => {
  const account = await deps.store.accounts.findByRef(changed.subscription.accountRef)
  if (account) await finishChanges(deps, account, changed)
}
