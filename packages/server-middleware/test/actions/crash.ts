import { expect } from 'vitest'
import type { Deps } from '../../src/ports/deps.ts'
import { type Bench, openBench } from './deps.ts'
import { Crash, type Moment, withCrash } from './faults.ts'

export type Story = (deps: Deps, bench: Bench) => Promise<unknown>

export const moments: readonly Moment[] = ['before', 'after']

/**
 * Lets a story die at its first call to a port, its second, and so on until it lives through; each time somebody tries
 * again, and what is then true must be the same as if nothing had happened. Answers how many deaths there were.
 */
export const dieEverywhere = async (
  moment: Moment,
  prepare: (bench: Bench) => Promise<Story>,
  verify: (bench: Bench) => Promise<void>,
): Promise<number> => {
  for (let deaths = 0; ; deaths += 1) {
    const bench = openBench()
    const story = await prepare(bench)
    const { deps, crashed } = withCrash(bench.deps, deaths + 1, moment)
    await story(deps, bench).catch((error: unknown) => expect(error).toBeInstanceOf(Crash))
    await expireLeases(bench)
    await story(bench.deps, bench)
    await verify(bench)
    if (!crashed()) return deaths
  }
}

/** A lease of the dead process runs out: time passes for whoever comes next. */
const expireLeases = async (bench: Bench): Promise<void> => {
  const now = Date.now() + 120_000
  bench.deps = { ...bench.deps, clock: { ...bench.deps.clock, now: () => new Date(now) } }
}
