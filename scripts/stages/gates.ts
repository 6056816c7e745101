import { runBin, runTurbo } from '../lib/programs.ts'
import { checkSizes } from '../size/check-sizes.ts'
import { checkPackageShape } from './package-shape.ts'
import { gate, type Stage } from './stage.ts'

/** What has to be so before a test is worth running. */
export const gates: Stage[] = [
  {
    name: 'build',
    does: 'every package and the demo',
    needs: [],
    run: async (bench) => gate(await runTurbo(bench, ['build'])),
  },
  {
    name: 'typecheck',
    does: 'TypeScript, strict, tests and scripts too',
    needs: ['build'],
    run: async (bench) => gate(await runTurbo(bench, ['typecheck', 'typecheck:scripts', '--continue'])),
  },
  {
    name: 'lint',
    does: 'Biome: format, rules, budgets and the walls between rooms',
    needs: [],
    run: async (bench) => gate(await runBin(bench, 'biome', ['check', '--error-on-warnings', '.'])),
  },
  {
    name: 'dead-code',
    does: 'knip: files, exports and dependencies that nobody uses',
    needs: [],
    run: async (bench) => gate(await runBin(bench, 'knip', [])),
  },
  {
    name: 'package-shape',
    does: 'publint and attw on what would be published',
    needs: ['build'],
    run: checkPackageShape,
  },
]

export const sizeGate: Stage = {
  name: 'size',
  does: 'what a browser has to load, against its budgets',
  needs: ['build'],
  run: checkSizes,
}
