import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { startVitest } from 'vitest/node'

it('a vitest run of its own starts one simulator for all its tests and ends it', async () => {
  const root = fileURLToPath(new URL('./project', import.meta.url))
  const run = await startVitest('test', [], {
    root,
    config: false,
    globalSetup: ['./global-setup.ts'],
    include: ['*.spec.ts'],
    pool: 'forks',
    reporters: [{}],
    watch: false,
  })
  const [file] = run.state.getTestModules()
  expect(file?.errors()).toEqual([])
  expect([...(file?.children.allTests() ?? [])].map((test) => test.result().state)).toEqual(['passed'])
  await run.close()
})
