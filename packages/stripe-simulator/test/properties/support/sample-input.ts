import { readSpec, resolveSchema, type Schema } from '../../../src/spec/document.ts'

const spec = readSpec()

const plain = { integer: 3, number: 3, boolean: true, string: 'text' } as const

const ofType = (schema: Schema, find: (name: string) => string | undefined): unknown => {
  if (schema.type === 'array') return [sampleOf(schema.items ?? {}, find)]
  if (schema.properties) return sampleFields(schema, schema.required ?? [], find)
  return schema.type === 'object' ? {} : plain[(schema.type ?? 'string') as keyof typeof plain]
}

/** A value that a schema allows: the simplest. */
const sampleOf = (given: Schema, find: (name: string) => string | undefined): unknown => {
  const schema = resolveSchema(spec, given)
  const [value] = (schema.enum ?? []).filter((each) => each !== '')
  if (value !== undefined) return value
  const [first] = (schema.anyOf ?? []).filter((each) => String(each.enum) !== '')
  return first ? sampleOf(first, find) : ofType(schema, find)
}

/** Parameters of these names; where one is named after an object that is there, it refers to it. */
export const sampleFields = (
  schema: Schema,
  names: readonly string[],
  find: (name: string) => string | undefined,
): Record<string, unknown> => {
  const samples = names.map((name) => [name, find(name) ?? sampleOf(schema.properties?.[name] ?? {}, find)])
  return Object.fromEntries(samples)
}
