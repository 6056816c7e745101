import { existsSync } from 'node:fs'
import path from 'node:path'
import { runPnpm, runTurbo } from '../lib/programs.ts'
import { withoutStripeMock } from '../stripe-mock/stripe-mock.ts'
import { verifyAgainstStripeMock } from '../stripe-mock/verify.ts'
import { reporting, tallyReports } from './reports.ts'
import type { Bench, Stage } from './stage.ts'
import { foldersWithScript, hasScript } from './workspace.ts'

const kit = 'packages/react-billing'
const demo = 'apps/demo'

/** Everything that vitest runs. */
export const proofs: Stage[] = [
  {
    name: 'tests',
    does: 'unit, contract and journey tests of every package, and those of the scripts',
    needs: ['mongod', 'build'],
    run: (bench) =>
      tallyReports(bench, {
        folders: [...foldersWithScript(bench.root, 'test'), '.'],
        name: 'tests',
        run: () =>
          runTurbo(bench, ['test', 'test:scripts', '--continue', '--concurrency=1', '--', ...reporting('tests')]),
      }),
  },
  {
    name: 'stripe-mock',
    does: "every request of the kit's provider and of the simulator's tests, against Stripe's own stripe-mock",
    needs: ['mongod', 'build'],
    absent: ({ env }) => withoutStripeMock(env),
    run: verifyAgainstStripeMock,
  },
  {
    name: 'stories',
    does: 'the stories of the kit in Chromium',
    needs: ['chromium', 'build'],
    isForBrowser: true,
    absent: ({ root }) => !existsSync(path.join(root, kit, '.storybook')) && `there is no ${kit}/.storybook yet`,
    run: (bench) => inChromium(bench, kit, 'test:stories'),
  },
  {
    name: 'journeys',
    does: 'the journeys of the demo in Chromium',
    needs: ['mongod', 'chromium', 'build'],
    isForBrowser: true,
    absent: ({ root }) => !hasScript(root, demo, 'test:browser') && `${demo} has no script test:browser yet`,
    run: (bench) => inChromium(bench, demo, 'test:browser'),
  },
]

function inChromium(bench: Bench, folder: string, script: string) {
  const name = script.replace(':', '-')
  const run = () => runPnpm(bench, ['run', script, ...reporting(name)], path.join(bench.root, folder))
  return tallyReports(bench, { folders: [folder], name, run })
}
