import type { Clock } from './clock.ts'
import { nextDue } from './flows/due.ts'
import type { World } from './world.ts'

/** What time passes for: the account, or what lives by a test clock. */
export interface Timeline {
  /** The test clock's id; null for the account. */
  readonly id: string | null
  moveTo(seconds: number): void
  /** Does something at the present of this timeline. */
  during(work: () => void): void
}

export const accountTime = (world: World, clock: Clock): Timeline => ({
  id: null,
  moveTo: (seconds) => clock.moveTo(seconds),
  during: (work) => world.at(undefined, work),
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
export function* happenings(world: World, timeline: Timeline, until: number): Generator<void> {
  for (let due = nextDue(world, until, timeline.id); due; due = nextDue(world, until, timeline.id)) {
    const { at, run } = due
    timeline.moveTo(at)
    timeline.during(() => world.atomically(run))
    yield
  }
  timeline.moveTo(until)
}

export const passTime = (world: World, timeline: Timeline, until: number): void => {
  for (const _happened of happenings(world, timeline, until));
}

/** The same, waiting after each thing for what it asks to be waited for: without that, all happens at once. */
export const passTimeSlowly = async (
  world: World,
  timeline: Timeline,
  pace: { readonly until: number; readonly wait: () => Promise<void> | undefined },
): Promise<void> => {
  for (const _happened of happenings(world, timeline, pace.until)) {
    const waiting = pace.wait()
    if (waiting) await waiting
  }
}
