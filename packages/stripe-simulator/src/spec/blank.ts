import { resolveSchema, type Schema, type SpecDocument } from './document.ts'

const blankOfType = (spec: SpecDocument, schema: Schema): unknown => {
  if (schema.enum) return schema.enum[0]
  if (schema.type === 'object') return blankFields(spec, schema)
  if (schema.type === 'array') return []
  if (schema.type === 'boolean') return false
  return schema.type === 'string' ? '' : 0
}

const blankValue = (spec: SpecDocument, given: Schema): unknown => {
  if (given.nullable) return null
  const schema = resolveSchema(spec, given)
  const first = schema.anyOf?.[0]
  return first ? blankValue(spec, first) : blankOfType(spec, schema)
}

const blankFields = (spec: SpecDocument, schema: Schema): Record<string, unknown> => {
  const properties = schema.properties ?? {}
  const fields = (schema.required ?? []).map((name) => [name, blankValue(spec, properties[name] ?? {})])
  return Object.fromEntries(fields)
}

/**
 * Makes complete objects possible without listing each of their fields: every required field of a schema, null where
 * it may be null, otherwise empty. What matters is laid over it by whoever creates the object.
 */
export const createBlanks = (spec: SpecDocument): ((name: string) => Readonly<Record<string, unknown>>) => {
  const known = new Map<string, Readonly<Record<string, unknown>>>()
  return (name) => {
    const found = known.get(name) ?? blankFields(spec, spec.components.schemas[name] ?? {})
    known.set(name, found)
    return found
  }
}
