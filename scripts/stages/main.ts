import { endChildren, untilStopped } from '../lib/children.ts'
import { root } from '../lib/install.mjs'
import { say } from '../lib/say.mjs'
import { environmentOf } from './environment.ts'
import { gates, sizeGate } from './gates.ts'
import { preparation } from './preparation.ts'
import { proofs } from './proofs.ts'
import { runStages, type Selection, select } from './run-stages.ts'

/** Runs the selected stages, ends what they started, and says how it went. Gives the exit code. */
export async function main(selection: Selection): Promise<number> {
  const stops: (() => Promise<void>)[] = []
  const stages = select([...preparation((stop) => stops.push(stop)), ...gates, ...proofs, sizeGate], selection)
  const end = async () => {
    await endChildren()
    await Promise.all(stops.map((stop) => stop()))
  }
  const work = (stopping: AbortSignal) =>
    runStages(stages, { root, env: environmentOf(selection, process.env), say, stopping })
  const { passed, failed } = await untilStopped(work, end)
  say(`${passed} passed, ${failed} failed`)
  return failed === 0 ? 0 : 1
}
