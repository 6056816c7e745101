import { describe, expect, test } from 'vitest'
import { deepestNesting, importsAtRuntime, moduleState, packageSources, parse } from './sources.ts'

/** The rules of the house that the lint has no words for. */
const sources = packageSources()
const filesWhere = (isSo: (source: (typeof sources)[number]) => boolean) => sources.filter(isSo).map(({ file }) => file)

const maxNesting = 2
const vagueWords = ['manager', 'service', 'helper', 'helpers', 'util', 'utils', 'info', 'entity', 'wallet']
const escapeHatches = /@ts-(ignore|expect-error|nocheck)|biome-ignore|\b(TODO|FIXME)\b/

describe('in every package', () => {
  test('there are sources to look at', () => {
    expect(sources.length).toBeGreaterThan(0)
  })

  test('conditions, loops and catches stand at most two deep', () => {
    expect(filesWhere(({ tree }) => deepestNesting(tree) > maxNesting)).toEqual([])
  })

  test('no module remembers anything between two callers', () => {
    expect(filesWhere(({ tree }) => moduleState(tree).length > 0)).toEqual([])
  })

  test('no file has a name that could mean anything', () => {
    expect(filesWhere(({ file }) => wordsOf(file).some((word) => vagueWords.includes(word)))).toEqual([])
  })

  test('nothing is switched off or put off', () => {
    expect(filesWhere(({ tree }) => escapeHatches.test(tree.text))).toEqual([])
  })

  test('mongoose is the one that the host connected: only its types are imported', () => {
    expect(filesWhere(({ tree }) => importsAtRuntime(tree).includes('mongoose'))).toEqual([])
  })
})

describe('the measures themselves', () => {
  const tree = (text: string) => parse('one.ts', text)

  test.each([
    ['if (a) { for (const b of c) d(b) }', 2],
    ['if (a) { for (const b of c) { if (b) d(b) } }', 3],
    ['if (a) b(); else if (c) d(); else if (e) f()', 1],
    ['try { if (a) b() } catch {}', 2],
    ['if (a) { for (const b of c) { d(() => { if (b) e() }) } }', 2],
  ])('%s is %i deep', (text, depth) => {
    expect(deepestNesting(tree(text))).toBe(depth)
  })

  test.each([
    ['let seen = 0', ['seen']],
    ['const cache = new Map()\nexport const keep = (a: 1) => cache.set(a, a)', ['cache']],
    ['const none = new Map()\nexport const has = (a: 1) => none.has(a)', []],
    ['const f = () => { let a = 1; return a }', []],
  ])('%s remembers %j', (text, names) => {
    expect(moduleState(tree(text))).toEqual(names)
  })

  test('an import of types alone is not there at runtime', () => {
    const text = "import type { A } from 'a'\nimport { type B, c } from 'b'\nimport 'd'"
    expect(importsAtRuntime(tree(text))).toEqual(['b', 'd'])
  })
})

const wordsOf = (file: string) =>
  (file.split('/').at(-1) ?? '')
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[-.]/)
