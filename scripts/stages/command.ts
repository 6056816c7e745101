import path from 'node:path'
import { pnpmCommand } from '../lib/install.mjs'
import { type Ran, run } from '../lib/run.ts'
import { type Bench, onePassed, StageFailure, type Tally } from './stage.ts'

/** Runs a program of node_modules/.bin to its end. */
export function runBin({ root, env }: Bench, name: string, args: readonly string[]): Promise<Ran> {
  return run(path.join(root, 'node_modules', '.bin', name), args, { cwd: root, env })
}

/** Runs the pinned pnpm to its end. */
export function runPnpm({ root, env }: Bench, args: readonly string[], cwd = root): Promise<Ran> {
  const [program, programArgs] = pnpmCommand([...args])
  return run(program, programArgs, { cwd, env })
}

/** Runs tasks of turbo in every package that has them. turbo wants pnpm on PATH, where `pnpm exec` puts it. */
export function runTurbo(bench: Bench, args: readonly string[]): Promise<Ran> {
  return runPnpm(bench, ['exec', 'turbo', 'run', '--output-logs=errors-only', ...args])
}

/** The tally of a gate: it passes, or fails with what the program printed. */
export function gate({ code, output }: Ran): Tally {
  if (code !== 0) throw new StageFailure(output)
  return onePassed
}
