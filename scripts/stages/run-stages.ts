import { type Bench, nothingCounted, type Stage, StageFailure, type Tally } from './stage.ts'

export type Selection = { only?: string | undefined; isFast?: boolean | undefined; isDeep?: boolean | undefined }

/** What came of a stage, and each thing that failed in a line of its own. */
type Outcome = { tally: Tally; failures: readonly string[] }

/**
 * Runs the stages in order. One that fails stops those that need it, and no other.
 * At the end it repeats what failed, for whoever reads only the end.
 */
export async function runStages(stages: readonly Stage[], bench: Bench): Promise<Tally> {
  const total = { ...nothingCounted }
  const failures: string[] = []
  const failed = new Set<string>()
  for (const stage of stages) {
    bench.stopping.throwIfAborted()
    const outcome = await runStage(stage, bench, failed)
    if (outcome.tally.failed > 0) failed.add(stage.name)
    total.passed += outcome.tally.passed
    total.failed += outcome.tally.failed
    failures.push(...outcome.failures)
  }
  for (const failure of failures) bench.say(`FAILED ${failure}`)
  return total
}

async function runStage(stage: Stage, bench: Bench, failed: ReadonlySet<string>): Promise<Outcome> {
  const missing = stage.needs.find((name) => failed.has(name))
  if (missing) {
    bench.say(`${stage.name}: FAILED, not run because ${missing} failed`)
    return { tally: { passed: 0, failed: 1 }, failures: [`${stage.name}: needs ${missing}`] }
  }
  const absence = stage.absent?.(bench)
  if (absence) {
    bench.say(`${stage.name}: left out, ${absence}`)
    return { tally: nothingCounted, failures: [] }
  }
  bench.say(`${stage.name}: ${stage.does}`)
  return timed(stage, bench)
}

async function timed(stage: Stage, bench: Bench): Promise<Outcome> {
  const startedAt = performance.now()
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
  try {
    const tally = await stage.run(bench)
    bench.say(`  ${tally.passed > 1 ? `${tally.passed} passed` : 'done'} in ${seconds()}`)
    return { tally, failures: [] }
  } catch (error) {
    bench.stopping.throwIfAborted()
    const { message } = error instanceof Error ? error : new Error(String(error))
    bench.say(`${message.trimEnd()}\n  ${stage.name} FAILED in ${seconds()}`)
    return failureOf(stage, error)
  }
}

function failureOf({ name }: Stage, error: unknown): Outcome {
  const { tally, tests } = error instanceof StageFailure ? error : new StageFailure('')
  return { tally, failures: tests.length > 0 ? tests.map((test) => `${name}: ${test}`) : [name] }
}

/** The stages of this run: all, those without a browser, or one with what it needs. */
export function select(stages: readonly Stage[], { only, isFast }: Selection): Stage[] {
  if (!only) return stages.filter((stage) => !(isFast && stage.isForBrowser))
  const wanted = withNeeds(stages, only)
  return stages.filter((stage) => wanted.has(stage.name))
}

function withNeeds(stages: readonly Stage[], name: string): Set<string> {
  const stage = stages.find((candidate) => candidate.name === name)
  if (!stage) throw new Error(`There is no stage "${name}". There are: ${stages.map((each) => each.name).join(', ')}.`)
  return new Set([name, ...stage.needs.flatMap((need) => [...withNeeds(stages, need)])])
}
