import { existsSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { type Bench, nothingCounted, StageFailure, type Tally } from './stage.ts'

export type VitestReport = {
  numPassedTests: number
  numFailedTests: number
  testResults: readonly FileReport[]
}

type FileReport = {
  name: string
  status: string
  assertionResults: readonly { status: string; fullName: string }[]
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
  const reports = files.map((file) => (existsSync(file) ? readReport(file) : undefined))
  const missing = files
    .filter((_, index) => !reports[index])
    .map((file) => `No report at ${path.relative(root, file)}.`)
  const total = reports.map(tallyOf).reduce(add, nothingCounted)
  if (code === 0 && total.failed === 0) return total
  const failed = Math.max(total.failed, 1)
  const names = reports.flatMap((report) => namesOfFailed(report, root))
  throw new StageFailure([output, ...missing].join('\n'), { passed: total.passed, failed }, [...missing, ...names])
}

const readReport = (file: string): VitestReport => JSON.parse(readFileSync(file, 'utf8'))

/** A file that could not be loaded has failed without a test to say so. */
const isUnloaded = (file: FileReport) => file.status === 'failed' && file.assertionResults.length === 0

function tallyOf(report: VitestReport | undefined): Tally {
  if (!report) return { passed: 0, failed: 1 }
  const unloaded = report.testResults.filter(isUnloaded)
  return { passed: report.numPassedTests, failed: report.numFailedTests + unloaded.length }
}

function namesOfFailed(report: VitestReport | undefined, root: string): string[] {
  return (report?.testResults ?? []).flatMap((file) => {
    const name = path.relative(root, file.name)
    if (isUnloaded(file)) return [name]
    const failed = file.assertionResults.filter(({ status }) => status === 'failed')
    return failed.map(({ fullName }) => `${name} > ${fullName}`)
  })
}

const add = (one: Tally, other: Tally): Tally => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
})
