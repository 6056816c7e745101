import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Budget } from '../size/budgets.ts'
import { checkSizes } from '../size/check-sizes.ts'
import { weigh } from '../size/weigh.ts'

let root: string

beforeEach(() => {
  root = mkdtempSync(path.join(os.tmpdir(), 'paywright-size-'))
  write('small.js', "export const Small = 'small'\n")
  write('node_modules/zod/index.js', `export const z = '${'z'.repeat(5000)}'\n`)
  write('kit.js', "import { z } from 'zod'\nexport const Big = z\nexport { Small } from './small.js'\n")
  write('pay.js', "export const pay = () => import('@stripe/stripe-js')\n")
  write('styles.css', '.pw-card { color: light-dark(#111, #eee); }\n')
})

afterEach(() => {
  rmSync(root, { recursive: true, force: true })
})

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(root, file)), { recursive: true })
  writeFileSync(path.join(root, file), text)
}

const budget = (more: Partial<Budget>): Budget => ({
  name: 'it',
  maxBytes: 1000,
  files: ['kit.js'],
  without: [],
  ...more,
})

async function check(table: readonly Budget[]) {
  const lines: string[] = []
  const failure = await checkSizes({ root, say: (line) => lines.push(line) }, table).then(
    () => undefined,
    (error: Error) => error.message,
  )
  return { lines, failure }
}

test('one export alone weighs what it needs, and no more', async () => {
  const all = await weigh(root, budget({}))
  const small = await weigh(root, budget({ only: 'Small' }))
  expect(small.bytes).toBeLessThan(all.bytes)
})

test('a library that reaches the bundle is named, and one that is shaken off is not', async () => {
  const whole = await weigh(root, budget({ without: ['zod'] }))
  expect(whole.forbidden).toEqual(['node_modules/zod/index.js'])
  expect((await weigh(root, budget({ only: 'Small', without: ['zod'] }))).forbidden).toEqual([])
})

test('a peer that is only imported on demand is still in the graph', async () => {
  const { forbidden } = await weigh(root, budget({ files: ['pay.js'], without: ['@stripe/'] }))
  expect(forbidden).toEqual(['@stripe/stripe-js'])
})

test('styles are weighed too', async () => {
  expect((await weigh(root, budget({ files: ['styles.css'] }))).bytes).toBeGreaterThan(0)
})

test('a script without exports weighs, although its package says that nothing in it has an effect', async () => {
  write('script/package.json', '{ "sideEffects": false }')
  write('script/stripe.js', "window.Stripe = 'stripe'\n")
  expect((await weigh(root, budget({ files: ['script/stripe.js'] }))).bytes).toBeGreaterThan(30)
})

test('what is within its budget passes and is printed', async () => {
  const { lines, failure } = await check([budget({ name: 'the kit' })])
  expect(failure).toBeUndefined()
  expect(lines).toEqual([expect.stringMatching(/^ {2}the kit +\d\.\d of +1\.0 kB$/)])
})

test('what is over its budget fails', async () => {
  expect((await check([budget({ maxBytes: 10 })])).failure).toBe('  1 of 1 over budget or missing')
})

test('a file that is missing fails by name', async () => {
  const { lines, failure } = await check([budget({ files: ['gone.js'] })])
  expect(lines[0]).toContain('cannot be weighed: gone.js is missing')
  expect(failure).toBeDefined()
})

test('an export that is not there fails', async () => {
  expect((await check([budget({ only: 'Gone' })])).failure).toBeDefined()
})
