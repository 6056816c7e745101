export type Tally = { passed: number; failed: number }

/** What the stages before have found, and hand to the children of those after as environment. */
export type Bench = { root: string; env: NodeJS.ProcessEnv; say: (line: string) => void }

/** A stage gives its tally, a sentence when it has nothing to do here, and throws with what went wrong. */
export type Stage = {
  name: string
  does: string
  needs: readonly string[]
  isForBrowser?: boolean
  isPreparation?: boolean
  absent?: (bench: Bench) => string | false
  run: (bench: Bench) => Promise<Tally>
}

export const onePassed: Tally = { passed: 1, failed: 0 }
export const nothingCounted: Tally = { passed: 0, failed: 0 }

/** A stage that failed with a tally of its own, and what it printed. */
export class StageFailure extends Error {
  override name = 'StageFailure'
  readonly tally: Tally
  constructor(message: string, tally: Tally = { passed: 0, failed: 1 }) {
    super(message)
    this.tally = tally
  }
}
