import { beforeAll, describe, expect, test } from 'vitest'
import { type Complaint, lint } from './lint-in-a-copy.ts'

const src = 'packages/server-middleware/src'
const kit = 'packages/react-billing/src'
const lines = (count: number) => Array.from({ length: count }, (_, index) => `  log(${index})`).join('\n')
const functionOf = (count: number) => `export function long(log: (n: number) => void) {\n${lines(count)}\n}\n`
const branches = Array.from({ length: 11 }, (_, index) => `  if (n === ${index}) log(n)`).join('\n')
const exported = 'export const one = 1\n'

type Case = { fact: string; file: string; text: string; rule: string }

const refused: Case[] = [
  { fact: 'an enum', file: `${src}/enum.ts`, text: 'export enum Plan { Free }\n', rule: 'noEnum' },
  { fact: 'a default export', file: `${src}/default.ts`, text: 'export default 1\n', rule: 'noDefaultExport' },
  { fact: 'a barrel', file: `${src}/domain/index.ts`, text: "export { a } from './a.ts'\n", rule: 'noBarrelFile' },
  { fact: 'export *', file: `${src}/all.ts`, text: "export * from './a.ts'\n", rule: 'noReExportAll' },
  { fact: 'console', file: `${src}/console.ts`, text: "console.log('x')\n", rule: 'noConsole' },
  { fact: 'any', file: `${src}/any.ts`, text: 'export const f = (x: any) => x\n', rule: 'noExplicitAny' },
  { fact: '@ts-ignore', file: `${src}/ignore.ts`, text: `// @ts-ignore\n${exported}`, rule: 'noTsIgnore' },
  {
    fact: 'a fourth parameter',
    file: `${src}/parameters.ts`,
    text: 'export const f = (a: 1, b: 1, c: 1, d: 1) => [a, b, c, d]\n',
    rule: 'useMaxParams',
  },
  { fact: 'a function of 51 lines', file: `${src}/long.ts`, text: functionOf(51), rule: 'noExcessiveLinesPerFunction' },
  {
    fact: 'a component of 91 lines',
    file: `${kit}/components/Long.tsx`,
    text: functionOf(91),
    rule: 'noExcessiveLinesPerFunction',
  },
  {
    fact: 'a file of 251 lines',
    file: `${src}/file.ts`,
    text: '// a line\n'.repeat(250) + exported,
    rule: 'noExcessiveLinesPerFile',
  },
  {
    fact: 'a cognitive complexity of 11',
    file: `${src}/complex.ts`,
    text: `export function f(n: number, log: (n: number) => void) {\n${branches}\n}\n`,
    rule: 'noExcessiveCognitiveComplexity',
  },
  { fact: 'a camelCase file', file: `${src}/camelCase.ts`, text: exported, rule: 'useFilenamingConvention' },
  { fact: 'a hook in kebab-case', file: `${kit}/hooks/use-plans.ts`, text: exported, rule: 'useFilenamingConvention' },
  {
    fact: 'fetch in a component',
    file: `${kit}/components/Fetch.tsx`,
    text: "fetch('/')\n",
    rule: 'noRestrictedGlobals',
  },
  { fact: 'a skipped test', file: `${src}/a.test.ts`, text: "test.skip('a', () => {})\n", rule: 'noSkippedTests' },
  { fact: 'a focused test', file: `${src}/b.test.ts`, text: "test.only('a', () => {})\n", rule: 'noFocusedTests' },
]

const cycle = {
  [`${src}/cycle-a.ts`]: "import type { B } from './cycle-b.ts'\nexport type A = B | 1\n",
  [`${src}/cycle-b.ts`]: "import type { A } from './cycle-a.ts'\nexport type B = A | 2\n",
}

const allowed = [
  { fact: "a package's entry as a barrel", file: `${src}/index.ts`, text: "export { a } from './a.ts'\n" },
  { fact: 'the entry payment as a barrel', file: `${kit}/payment.ts`, text: "export { a } from './a.ts'\n" },
  { fact: 'a default export in a config', file: `${src}/../vitest.config.ts`, text: 'export default {}\n' },
  { fact: 'a default export in a story', file: `${kit}/One.stories.tsx`, text: 'export default {}\n' },
  { fact: 'a long test', file: `${src}/long.test.ts`, text: functionOf(80) },
  { fact: 'a component of 90 lines', file: `${kit}/components/Fits.tsx`, text: functionOf(90) },
  { fact: 'a component in PascalCase', file: `${kit}/components/Meter.tsx`, text: exported },
  { fact: 'a hook in camelCase', file: `${kit}/hooks/usePlans.ts`, text: exported },
].map((each) => ({ ...each, file: each.file.replace('src/../', '') }))

let complaints: readonly Complaint[]

beforeAll(async () => {
  const files = [...refused, ...allowed].map(({ file, text }) => [file, text])
  complaints = await lint({ ...Object.fromEntries(files), ...cycle })
})

const rulesBrokenIn = (wanted: string) => complaints.filter(({ file }) => file === wanted).map(({ rule }) => rule)

describe('the lint refuses', () => {
  test.each(refused)('$fact', ({ file, rule }) => {
    expect(rulesBrokenIn(file)).toContain(rule)
  })

  test('two files whose types import each other', () => {
    expect(Object.keys(cycle).flatMap(rulesBrokenIn)).toEqual(['noImportCycles', 'noImportCycles'])
  })
})

describe('the lint lets pass', () => {
  test.each(allowed)('$fact', ({ file }) => {
    expect(rulesBrokenIn(file)).toEqual([])
  })
})
