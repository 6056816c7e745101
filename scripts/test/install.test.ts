import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { checkNode, fingerprint, pnpmCommand } from '../lib/install.mjs'

let folder: string

beforeEach(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'paywright-install-'))
  for (const file of ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml']) write(file, 'one')
  write('packages/a/package.json', 'one')
  write('apps/b/package.json', 'one')
})

afterEach(() => {
  rmSync(folder, { recursive: true, force: true })
})

function write(file: string, text: string): void {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
  writeFileSync(path.join(folder, file), text)
}

test.each(['18.20.0', '20.18.3'])('Node %s is refused with the version that is needed', (version) => {
  expect(() => checkNode(version, '>=20.19')).toThrow(`Paywright needs Node 20.19 or later; this is ${version}.`)
})

test.each(['20.19.0', '20.20.2', '22.0.0', '24.1.0'])('Node %s is recent enough', (version) => {
  expect(() => checkNode(version, '>=20.19')).not.toThrow()
})

test('pnpm is the pinned one, from the cache when it is there', () => {
  const [program, args] = pnpmCommand(['install'])
  expect([program, ...args].join(' ')).toMatch(/^npx --prefer-offline -y pnpm@\d+\.\d+\.\d+ install$/)
})

test('an installation stays valid while lockfile and manifests stay as they are', () => {
  expect(fingerprint(folder)).toBe(fingerprint(folder))
})

test.each(['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json', 'packages/a/package.json', 'apps/b/package.json'])(
  'a change of %s calls for another installation',
  (file) => {
    const before = fingerprint(folder)
    write(file, 'two')
    expect(fingerprint(folder)).not.toBe(before)
  },
)
