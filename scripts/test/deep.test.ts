import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { root } from '../lib/install.mjs'
import { environmentOf } from '../stages/environment.ts'

const usage = (...flags: string[]) =>
  spawnSync(process.execPath, ['scripts/test.mjs', ...flags], { cwd: root, encoding: 'utf8' })

test('--deep tells every test that it may take its time', () => {
  expect(environmentOf({ isDeep: true }, { HOME: '/home/me' })).toMatchObject({
    HOME: '/home/me',
    PAYWRIGHT_TEST_DEEP: '1',
  })
})

test('without it they are as quick as whoever started them wants', () => {
  expect(environmentOf({}, {})).not.toHaveProperty('PAYWRIGHT_TEST_DEEP')
  expect(environmentOf({ isDeep: false }, { PAYWRIGHT_TEST_DEEP: '1' })).toHaveProperty('PAYWRIGHT_TEST_DEEP', '1')
})

test('--deep is a flag of the command, and the help says what it does', () => {
  const { status, stdout } = usage('--deep', '--help')
  expect(status).toBe(0)
  expect(stdout).toMatch(/--deep +try/)
  expect(usage('--deeper').status).toBe(2)
})

test('what a quick run has proved is not taken for a deep one', () => {
  const { tasks } = JSON.parse(readFileSync(path.join(root, 'turbo.json'), 'utf8'))
  expect(tasks.test.env).toContain('PAYWRIGHT_TEST_DEEP')
})
