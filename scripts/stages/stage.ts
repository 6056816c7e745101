import type { Place } from '../lib/programs.ts'
import type { Ran } from '../lib/run.ts'
import type { Say } from '../lib/say.mjs'

export type Tally = { passed: number; failed: number }

/** What the stages before have found, and hand to the children of those after as environment. */
export type Bench = Place & { say: Say; stopping: AbortSignal }

/** A stage gives its tally, a sentence when it has nothing to do here, and throws with what went wrong. */
export type Stage = {
  name: string
  does: string
  needs: readonly string[]
  isForBrowser?: boolean
  absent?: (bench: Bench) => string | false
  run: (bench: Bench) => Promise<Tally>
}

export const onePassed: Tally = { passed: 1, failed: 0 }
export const nothingCounted: Tally = { passed: 0, failed: 0 }

/** A stage that failed: what it printed, its own tally, and the names of the tests that failed. */
export class StageFailure extends Error {
  override name = 'StageFailure'
  readonly tally: Tally
  readonly tests: readonly string[]
  constructor(message: string, tally: Tally = { passed: 0, failed: 1 }, tests: readonly string[] = []) {
    super(message)
    this.tally = tally
    this.tests = tests
  }
}

/** The tally of a gate: it passes, or fails with what the program printed. */
export function gate({ code, output }: Ran): Tally {
  if (code !== 0) throw new StageFailure(output)
  return onePassed
}
