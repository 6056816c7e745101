import { expect, test } from 'vitest'
import { chromiumSteps, findChromium } from '../chromium.ts'

const attempt = (name: string, env: NodeJS.ProcessEnv) => {
  const step = chromiumSteps(env).find((each) => each.name === name)
  if (!step) throw new Error(`no step ${name}`)
  return step.attempt()
}

test('a Chromium is looked for in what is set, then on PATH, then in what can be fetched', () => {
  expect(chromiumSteps({}).map(({ name }) => name)).toEqual([
    'CHROMIUM_PATH',
    'Chromium or Chrome on PATH',
    "Playwright's download",
    'apt-get install chromium',
  ])
})

test('a browser that is named and not there is refused by name', async () => {
  await expect(attempt('CHROMIUM_PATH', { CHROMIUM_PATH: '/nowhere/chrome' })).rejects.toThrow('/nowhere/chrome is not')
})

test('a program that is there and does not run is refused with what it says', async () => {
  await expect(attempt('CHROMIUM_PATH', { CHROMIUM_PATH: '/bin/false' })).rejects.toThrow('/bin/false --version fails')
})

test('a program that runs is taken, and nothing is said', async () => {
  const lines: string[] = []
  expect(await findChromium((line) => lines.push(line), { CHROMIUM_PATH: process.execPath })).toBe(process.execPath)
  expect(lines).toEqual([])
})
