import { endChildren, onStop } from '../lib/children.ts'
import { root } from '../lib/install.mjs'
import { say } from '../lib/say.mjs'
import { gates, sizeGate } from './gates.ts'
import { preparation } from './preparation.ts'
import { proofs } from './proofs.ts'
import { runStages, type Selection, select } from './run-stages.ts'

/** Runs the selected stages, ends what they started, and says how it went. Gives the exit code. */
export async function main(selection: Selection): Promise<number> {
  const stops: (() => Promise<void>)[] = []
  const end = async () => {
    await endChildren()
    await Promise.all(stops.map((stop) => stop()))
  }
  onStop(end)
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: '1', STORYBOOK_DISABLE_TELEMETRY: '1', NO_COLOR: '1' }
  try {
    const all = [...preparation((stop) => stops.push(stop)), ...gates, ...proofs, sizeGate]
    const stages = select(all, selection)
    const { passed, failed } = await runStages(stages, { root, env, say })
    say(`${passed} passed, ${failed} failed`)
    return failed === 0 ? 0 : 1
  } finally {
    await end()
  }
}
