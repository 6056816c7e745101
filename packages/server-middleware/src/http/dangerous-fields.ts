import type { InvalidField } from '@paywright/contract'

const names: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const deepest = 20

type Place = { value: unknown; path: readonly string[] }

/**
 * Fields that no request has a use for: names that change prototypes where somebody merges objects, and nesting so deep
 * that whoever walks it by recursion runs out of stack. (Hence a list of places to go, and no recursion here.)
 */
export const dangerousFields = (root: unknown): InvalidField[] => {
  const found: InvalidField[] = []
  const places: Place[] = [{ value: root, path: [] }]
  for (let place = places.pop(); place !== undefined; place = places.pop()) {
    const { value, path } = place
    if (typeof value !== 'object' || value === null) continue
    if (path.length >= deepest) return [{ path: path.slice(0, 3).join('.'), message: 'is nested too deeply' }]
    for (const name of Object.keys(value).filter((each) => names.has(each))) {
      found.push({ path: [...path, name].join('.'), message: 'is a name that is not accepted' })
    }
    for (const [name, child] of Object.entries(value)) places.push({ value: child, path: [...path, name] })
  }
  return found
}
