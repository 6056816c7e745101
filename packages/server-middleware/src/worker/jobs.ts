import { deliverEffects } from '../actions/deliver-effects.ts'
import { finishPendingChanges } from '../actions/finish-pending-changes.ts'
import { reconcile } from '../actions/reconcile.ts'
import { tidyLedgers } from '../actions/tidy-ledgers.ts'
import { workOffEvents } from '../actions/work-off-events.ts'
import type { Deps } from '../ports/deps.ts'

/** `run` ends soon after `signal` says so. */
export type Job = {
  name: string
  everyMilliseconds: number
  /** One process at a time runs it, and none again until so long after its end: its period is how often each looks. */
  restMilliseconds?: number
  run: (deps: Deps, signal: AbortSignal) => Promise<unknown>
}

const second = 1_000
const minute = 60 * second
const day = 24 * 60 * minute

/** What could not be mended needs somebody to look. */
const reconcileAll = async (deps: Deps, signal: AbortSignal): Promise<void> => {
  const result = await reconcile(deps, { signal })
  if (result.differences > result.mended) deps.logger.warn(result, 'provider_still_differs')
}

export const jobs: readonly Job[] = [
  { name: 'work_off_events', everyMilliseconds: second, run: workOffEvents },
  { name: 'deliver_effects', everyMilliseconds: second, run: deliverEffects },
  { name: 'finish_changes', everyMilliseconds: minute, run: (deps) => finishPendingChanges(deps) },
  { name: 'tidy_ledgers', everyMilliseconds: minute, run: (deps) => tidyLedgers(deps) },
  {
    name: 'reconcile',
    everyMilliseconds: 10 * minute,
    restMilliseconds: day,
    run: reconcileAll,
  },
]
