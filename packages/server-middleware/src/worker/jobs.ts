import { deliverEffects } from '../actions/deliver-effects.ts'
import { tidyLedgers } from '../actions/tidy-ledgers.ts'
import { workOffEvents } from '../actions/work-off-events.ts'
import type { Deps } from '../ports/deps.ts'

/** `run` ends soon after `signal` says so. */
export type Job = {
  name: string
  everyMilliseconds: number
  run: (deps: Deps, signal: AbortSignal) => Promise<unknown>
}

const second = 1_000
const minute = 60 * second

export const jobs: readonly Job[] = [
  { name: 'work_off_events', everyMilliseconds: second, run: workOffEvents },
  { name: 'deliver_effects', everyMilliseconds: second, run: deliverEffects },
  { name: 'tidy_ledgers', everyMilliseconds: minute, run: (deps) => tidyLedgers(deps) },
]
