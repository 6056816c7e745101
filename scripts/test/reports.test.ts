import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { tallyReports, type VitestReport } from '../stages/reports.ts'
import { StageFailure } from '../stages/stage.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'paywright-reports-'))
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

const report = (passed: number, failed = 0): VitestReport => ({
  numPassedTests: passed,
  numFailedTests: failed,
  testResults: [],
})

function write(folder: string, content: VitestReport): void {
  mkdirSync(path.join(root, folder, '.reports'), { recursive: true })
  writeFileSync(path.join(root, folder, '.reports', 'tests.json'), JSON.stringify(content))
}

/** A run of vitest that leaves these reports behind. */
const tally = (reports: Readonly<Record<string, VitestReport>>, code = 0) =>
  tallyReports(
    { root },
    {
      folders: ['a', 'b'],
      name: 'tests',
      run: async () => {
        for (const [folder, content] of Object.entries(reports)) write(folder, content)
        return { code, output: 'what vitest printed' }
      },
    },
  )

const failureOf = async (tallied: Promise<unknown>): Promise<StageFailure> => {
  const error = await tallied.catch((thrown: unknown) => thrown)
  if (error instanceof StageFailure) return error
  throw new Error('it did not fail')
}

test('the reports of the packages add up', async () => {
  expect(await tally({ a: report(3), b: report(4) })).toEqual({ passed: 7, failed: 0 })
})

test('failed tests are counted, and what vitest printed is shown', async () => {
  const failure = await failureOf(tally({ a: report(3, 1), b: report(4, 2) }, 1))
  expect(failure.tally).toEqual({ passed: 7, failed: 3 })
  expect(failure.message).toContain('what vitest printed')
})

test('a test file that cannot be loaded counts as a failed test', async () => {
  const unloaded = { ...report(3), testResults: [{ name: 'x.test.ts', status: 'failed', assertionResults: [] }] }
  expect((await failureOf(tally({ a: unloaded, b: report(1) }, 1))).tally).toEqual({ passed: 4, failed: 1 })
})

test('the tests that failed are named, and the files that could not be loaded', async () => {
  const file = (name: string, ...assertionResults: { status: string; fullName: string }[]) => ({
    name: path.join(root, 'a', name),
    status: 'failed',
    assertionResults,
  })
  const pays = { status: 'failed', fullName: 'buying pays' }
  const grants = { status: 'passed', fullName: 'buying grants' }
  const testResults = [file('buy.test.ts', pays, grants), file('unloaded.test.ts')]
  const { tests } = await failureOf(tally({ a: { ...report(1, 1), testResults }, b: report(1) }, 1))
  expect(tests).toEqual(['a/buy.test.ts > buying pays', 'a/unloaded.test.ts'])
})

test('a report that is missing is a failure, even when vitest says that all is well', async () => {
  const failure = await failureOf(tally({ a: report(3) }))
  expect(failure.tally).toEqual({ passed: 3, failed: 1 })
  expect(failure.message).toContain(`No report at ${path.join('b', '.reports', 'tests.json')}.`)
})

test('a report of the run before counts for nothing', async () => {
  write('b', report(100))
  expect((await failureOf(tally({ a: report(3) }))).tally).toEqual({ passed: 3, failed: 1 })
})

test('a run that ends badly is a failure, although every test passed', async () => {
  expect((await failureOf(tally({ a: report(3), b: report(4) }, 1))).tally).toEqual({ passed: 7, failed: 1 })
})
