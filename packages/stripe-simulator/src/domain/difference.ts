type Fields = Readonly<Record<string, unknown>>

const isPlain = (value: unknown): value is Fields =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

const before = (old: unknown, now: unknown): unknown =>
  isPlain(old) && isPlain(now) ? (previousAttributes(old, now) ?? {}) : (old ?? null)

/**
 * What an event carries as `previous_attributes`: the old value of each changed field, nested objects by their changed
 * fields only, arrays whole. Undefined when nothing changed.
 */
export const previousAttributes = (old: Fields, now: Fields): Fields | undefined => {
  const names = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter((name) => !name.startsWith('$'))
  const changed = names.filter((name) => !same(old[name], now[name]))
  if (changed.length === 0) return undefined
  return Object.fromEntries(changed.map((name) => [name, before(old[name], now[name])]))
}
