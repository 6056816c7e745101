import type { Schema } from './document.ts'

const withNull = (schema: Record<string, unknown>): Record<string, unknown> => {
  const { nullable: _nullable, ...rest } = schema
  if ('$ref' in rest) return { anyOf: [rest, { type: 'null' }] }
  if (Array.isArray(rest.anyOf)) return { ...rest, anyOf: [...rest.anyOf, { type: 'null' }] }
  const allowed = Array.isArray(rest.enum) ? { enum: [...rest.enum, null] } : {}
  return { ...rest, ...allowed, type: [rest.type ?? 'object', 'null'] }
}

const translateValue = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(translateValue)
  if (value === null || typeof value !== 'object') return value
  return toJsonSchema(value as Schema)
}

/** OpenAPI's `nullable` in the words of JSON Schema, at every depth. */
export const toJsonSchema = (schema: Schema): Record<string, unknown> => {
  const entries = Object.entries(schema).map(([key, value]) => [key, translateValue(value)])
  const translated = Object.fromEntries(entries) as Record<string, unknown>
  return translated.nullable === true ? withNull(translated) : translated
}
