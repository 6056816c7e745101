const pairs = (prefix: string, value: unknown): [string, string][] => {
  if (value === undefined || value === null) return []
  if (typeof value !== 'object') return [[prefix, String(value)]]
  return Object.entries(value).flatMap(([field, inner]) => pairs(`${prefix}[${field}]`, inner))
}

/** Nested fields in the brackets that Stripe's API reads: `card[number]=4242…`; what is absent stays out. */
export const toForm = (fields: object): URLSearchParams =>
  new URLSearchParams(Object.entries(fields).flatMap(([field, value]) => pairs(field, value)))
