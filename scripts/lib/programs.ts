import path from 'node:path'
import { pnpmCommand } from './install.mjs'
import { type Ran, run } from './run.ts'

/** Where programs run, and with which environment. */
export type Place = { root: string; env: NodeJS.ProcessEnv }

/** Runs a program of node_modules/.bin to its end. */
export function runBin({ root, env }: Place, name: string, args: readonly string[]): Promise<Ran> {
  return run(path.join(root, 'node_modules', '.bin', name), args, { cwd: root, env })
}

/** Runs the pinned pnpm to its end. */
export function runPnpm({ root, env }: Place, args: readonly string[], cwd = root): Promise<Ran> {
  const [program, programArgs] = pnpmCommand([...args])
  return run(program, programArgs, { cwd, env })
}

/** Runs tasks of turbo in every package that has them. turbo wants pnpm on PATH, where `pnpm exec` puts it. */
export function runTurbo(place: Place, args: readonly string[]): Promise<Ran> {
  return runPnpm(place, ['exec', 'turbo', 'run', '--output-logs=errors-only', ...args])
}

/** The environment of children that are to be quiet about themselves. */
export const quietly = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv => ({
  ...env,
  NO_COLOR: '1',
  TURBO_TELEMETRY_DISABLED: '1',
  STORYBOOK_DISABLE_TELEMETRY: '1',
})
