/** The one text of a value, whatever the order of its keys: what is hashed has to read the same everywhere, for ever. */
export const canonical = (value: unknown): string => JSON.stringify(value, (_key, each: unknown) => inOrder(each))

const inOrder = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value
