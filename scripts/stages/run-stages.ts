import { type Bench, nothingCounted, type Stage, StageFailure, type Tally } from './stage.ts'

export type Selection = { only?: string | undefined; isFast?: boolean | undefined }

/** Runs the stages in order. One that fails stops those that need it, and no other. */
export async function runStages(stages: readonly Stage[], bench: Bench): Promise<Tally> {
  const total = { ...nothingCounted }
  const failed = new Set<string>()
  for (const stage of stages) {
    bench.stopping.throwIfAborted()
    const tally = await runStage(stage, bench, failed)
    if (tally.failed > 0) failed.add(stage.name)
    total.passed += tally.passed
    total.failed += tally.failed
  }
  return total
}

async function runStage(stage: Stage, bench: Bench, failed: ReadonlySet<string>): Promise<Tally> {
  const missing = stage.needs.find((name) => failed.has(name))
  if (missing) {
    bench.say(`${stage.name}: FAILED, not run because ${missing} failed`)
    return { passed: 0, failed: 1 }
  }
  const absence = stage.absent?.(bench)
  if (absence) {
    bench.say(`${stage.name}: left out, ${absence}`)
    return nothingCounted
  }
  bench.say(`${stage.name}: ${stage.does}`)
  return timed(stage, bench)
}

async function timed(stage: Stage, bench: Bench): Promise<Tally> {
  const startedAt = performance.now()
  const seconds = () => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`
  try {
    const tally = await stage.run(bench)
    bench.say(`  ${tally.passed > 1 ? `${tally.passed} passed` : 'done'} in ${seconds()}`)
    return tally
  } catch (error) {
    bench.stopping.throwIfAborted()
    const { message } = error instanceof Error ? error : new Error(String(error))
    const tally = error instanceof StageFailure ? error.tally : { passed: 0, failed: 1 }
    bench.say(`${message.trimEnd()}\n  ${stage.name} FAILED in ${seconds()}`)
    return tally
  }
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
