import { expect, test } from 'vitest'
import { firstThatWorks, NoWayAround, type Step } from '../lib/first-that-works.ts'

const works = (name: string): Step<string> => ({ name, attempt: async () => name })
const fails = (name: string, reason: string): Step<string> => ({
  name,
  attempt: async () => {
    throw new Error(reason)
  },
})

function listening() {
  const lines: string[] = []
  return { lines, say: (line: string) => void lines.push(line) }
}

test('the first step that works is taken, without a word', async () => {
  const { lines, say } = listening()
  expect(await firstThatWorks([works('one'), works('two')], say)).toBe('one')
  expect(lines).toEqual([])
})

test('a step that fails says why, and which is next', async () => {
  const { lines, say } = listening()
  expect(await firstThatWorks([fails('one', 'Not set.'), works('two')], say)).toBe('two')
  expect(lines).toEqual(['  one: Not set. Next: two.'])
})

test('when none works, every reason is in the error', async () => {
  const steps = [fails('one', 'not set'), fails('two', 'not there\n    at stack')]
  await expect(firstThatWorks(steps, () => {})).rejects.toThrow('  - one: not set\n  - two: not there')
})

test('a failure that no later step can mend ends the search', async () => {
  const step = { name: 'one', attempt: () => Promise.reject(new NoWayAround('the data is in use')) }
  await expect(firstThatWorks([step, works('two')], () => {})).rejects.toThrow('the data is in use')
})
