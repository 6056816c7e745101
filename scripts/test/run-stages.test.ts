import { expect, test } from 'vitest'
import { runStages, select } from '../stages/run-stages.ts'
import { type Bench, onePassed, type Stage, StageFailure } from '../stages/stage.ts'

const stage = (name: string, more: Partial<Stage> = {}): Stage => ({
  name,
  does: `what ${name} does`,
  needs: [],
  run: async () => onePassed,
  ...more,
})
const failing = (name: string, error: Error): Stage => stage(name, { run: () => Promise.reject(error) })
const namesOf = (stages: readonly Stage[]) => stages.map(({ name }) => name)

function bench() {
  const lines: string[] = []
  const it: Bench = { root: '/', env: {}, say: (line) => lines.push(line), stopping: new AbortController().signal }
  return { lines, it }
}

test('every stage says what it does, and how long it took', async () => {
  const { lines, it } = bench()
  await runStages([stage('build')], it)
  expect(lines).toEqual(['build: what build does', expect.stringMatching(/^ {2}done in \d+\.\d s$/)])
})

test('the tallies of the stages add up', async () => {
  const stages = [stage('build'), stage('tests', { run: async () => ({ passed: 40, failed: 0 }) })]
  expect(await runStages(stages, bench().it)).toEqual({ passed: 41, failed: 0 })
})

test('a stage that fails shows what it printed, and the stages that do not need it go on', async () => {
  const { lines, it } = bench()
  const tally = await runStages([failing('lint', new StageFailure('a.ts is wrong')), stage('tests')], it)
  expect(tally).toEqual({ passed: 1, failed: 1 })
  expect(lines[1]).toMatch(/^a\.ts is wrong\n {2}lint FAILED in \d/)
})

test('a stage that needs one that failed is not run, and counts as failed', async () => {
  const { lines, it } = bench()
  const stages = [
    failing('build', new Error('no')),
    stage('tests', { needs: ['build'] }),
    stage('size', { needs: ['tests'] }),
  ]
  expect(await runStages(stages, it)).toEqual({ passed: 0, failed: 3 })
  expect(lines).toContain('tests: FAILED, not run because build failed')
  expect(lines).toContain('size: FAILED, not run because tests failed')
})

test('a failure brings its own tally', async () => {
  const stages = [failing('tests', new StageFailure('3 of 10', { passed: 7, failed: 3 }))]
  expect(await runStages(stages, bench().it)).toEqual({ passed: 7, failed: 3 })
})

test('what failed is repeated at the end, test by test', async () => {
  const { lines, it } = bench()
  const twoTests = new StageFailure('', { passed: 7, failed: 2 }, ['a.test.ts > buys', 'a.test.ts > pays'])
  const stages = [failing('tests', twoTests), failing('lint', new Error('no')), stage('size', { needs: ['lint'] })]
  await runStages([...stages, stage('stories')], it)
  expect(lines.slice(-4)).toEqual([
    'FAILED tests: a.test.ts > buys',
    'FAILED tests: a.test.ts > pays',
    'FAILED lint',
    'FAILED size: needs lint',
  ])
})

test('a stage with nothing to do here says why, and counts for nothing', async () => {
  const { lines, it } = bench()
  expect(await runStages([stage('stories', { absent: () => 'there are none' })], it)).toEqual({ passed: 0, failed: 0 })
  expect(lines).toEqual(['stories: left out, there are none'])
})

test('after a request to stop, no further stage begins', async () => {
  const { it } = bench()
  const stopped = { ...it, stopping: AbortSignal.abort() }
  await expect(runStages([stage('build')], stopped)).rejects.toThrow('aborted')
})

const all = [
  stage('mongod'),
  stage('build'),
  stage('tests', { needs: ['mongod', 'build'] }),
  stage('stories', { isForBrowser: true }),
]

test('--fast leaves out what needs a browser', () => {
  expect(namesOf(select(all, { isFast: true }))).toEqual(['mongod', 'build', 'tests'])
})

test('--only keeps the stages that the one needs, in their order', () => {
  expect(namesOf(select(all, { only: 'tests' }))).toEqual(['mongod', 'build', 'tests'])
})

test('--only with a stage that is not there names those that are', () => {
  expect(() => select(all, { only: 'nope' })).toThrow('There are: mongod, build, tests, stories.')
})
