import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Bench, nothingCounted, StageFailure, type Tally } from './stage.ts'

export type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  testResults: readonly { status: string; assertionResults: readonly unknown[] }[]
}

/** What vitest is told, so that its report is at `<package>/.reports/<name>.json`. */
export const reporting = (name: string) => [
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=.reports/${name}.json`,
]

export type ReportRequest = {
  folders: readonly string[]
  name: string
  run: () => Promise<{ code: number; output: string }>
}

/** Runs tests and adds up the reports of these folders. A report that is missing is a failure. */
export async function tallyReports({ root }: Pick<Bench, 'root'>, request: ReportRequest): Promise<Tally> {
  const files = request.folders.map((folder) => path.join(root, folder, '.reports', `${request.name}.json`))
  for (const file of files) rmSync(file, { force: true })
  const { code, output } = await request.run()
  const tallies = files.map((file) => (existsSync(file) ? tallyOf(JSON.parse(readFileSync(file, 'utf8'))) : undefined))
  const missing = files
    .filter((_, index) => !tallies[index])
    .map((file) => `No report at ${path.relative(root, file)}.`)
  const total = tallies.reduce<Tally>((sum, tally) => add(sum, tally ?? { passed: 0, failed: 1 }), nothingCounted)
  if (code === 0 && total.failed === 0) return total
  const failed = Math.max(total.failed, 1)
  throw new StageFailure([output, ...missing].join('\n'), { passed: total.passed, failed })
}

/** A file that could not be loaded has failed without a test to say so. */
function tallyOf(report: VitestReport): Tally {
  const unloaded = report.testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }
}

const add = (one: Tally, other: Tally): Tally => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
})
