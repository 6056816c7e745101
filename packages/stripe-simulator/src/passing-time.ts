import type { Clock } from './clock.ts'
import { type Due, nextDue } from './flows/due.ts'
import type { Accounts, World } from './world.ts'

/** What time passes for: the accounts, or what lives by a test clock. */
export interface Timeline {
  /** The test clock's id; null for the accounts' own time. */
  readonly id: string | null
  moveTo(seconds: number): void
  /** Does something at the present of this timeline. */
  during(work: () => void): void
}

export const accountTime = (clock: Clock): Timeline => ({
  id: null,
  moveTo: (seconds) => clock.moveTo(seconds),
  during: (work) => work(),
})

export const testClockTime = (world: World, id: string): Timeline => {
  const frozen = (): number => world.need('test_helpers.test_clock', id).frozen_time
  return {
    id,
    moveTo: (seconds) => {
      const frozen_time = Math.max(frozen(), seconds)
      world.update({ object: 'test_helpers.test_clock', id }, { frozen_time })
    },
    during: (work) => world.at(frozen(), work),
  }
}

/** Lets everything happen that is due by a moment, in order, each thing at its own time; with a stop after each. */
function* happenings(accounts: Accounts, timeline: Timeline, until: number): Generator<void> {
  const next = (): Due | undefined => nextDue(accounts.all(), until, timeline.id)
  for (let due = next(); due; due = next()) {
    const { at, run } = due
    timeline.moveTo(at)
    timeline.during(() => accounts.platform.atomically(run))
    yield
  }
  timeline.moveTo(until)
}

export const passTime = (accounts: Accounts, timeline: Timeline, until: number): void => {
  for (const _happened of happenings(accounts, timeline, until));
}

/** The same, waiting after each thing for what it asks to be waited for: without that, all happens at once. */
export const passTimeSlowly = async (
  accounts: Accounts,
  timeline: Timeline,
  pace: { readonly until: number; readonly wait: () => Promise<void> | undefined },
): Promise<void> => {
  for (const _happened of happenings(accounts, timeline, pace.until)) {
    const waiting = pace.wait()
    if (waiting) await waiting
  }
}
