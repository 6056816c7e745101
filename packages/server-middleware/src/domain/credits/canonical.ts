/** The one text of a value, whatever the order of its keys: what is hashed has to read the same everywhere, for ever. */
export const canonical = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`
  if (typeof value !== 'object' || value === null || value instanceof Date) return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).filter(([, each]) => each !== undefined)
  return `{${fields.sort(byName).map(toText).join()}}`
}

const byName = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1)

const toText = ([name, value]: readonly [string, unknown]): string => `${JSON.stringify(name)}:${canonical(value)}`
