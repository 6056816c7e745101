import { readFileSync } from 'node:fs'

/** A schema as OpenAPI 3.0 writes it, with the marks that Stripe's own document carries. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly nullable?: boolean
  readonly enum?: readonly unknown[]
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly maxLength?: number
  readonly 'x-dataObjectByType'?: Readonly<Record<string, string>>
  readonly 'x-expandable-pruned'?: readonly string[]
  readonly 'x-expandableFields'?: readonly string[]
  readonly 'x-expansionResources'?: unknown
  readonly 'x-includable'?: boolean
}

interface Parameter {
  readonly in: 'path' | 'query'
  readonly name: string
  readonly required?: boolean
  readonly schema: Schema
}

export interface Operation {
  readonly operationId: string
  readonly parameters?: readonly Parameter[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { readonly schema: Schema }>> }>
  >
}

export type HttpMethod = 'get' | 'post' | 'delete'

export interface SpecDocument {
  readonly paths: Readonly<Record<string, Partial<Record<HttpMethod, Operation>>>>
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> }
  readonly 'x-dataObjectByType'?: Readonly<Record<string, string>>
}

type Schemas = SpecDocument['components']['schemas']

const reference = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })

/** An id that could not be expanded, because what it names was not in the document, and now can. */
const restored = (property: Schema, known: Schemas): Schema => {
  const names = property['x-expandable-pruned']?.filter((name) => known[name] !== undefined) ?? []
  if (names.length === 0) return property
  const { type: _type, 'x-expandable-pruned': _pruned, ...marks } = property
  const variants = names.map(reference)
  return { ...marks, anyOf: [{ type: 'string' }, ...variants], 'x-expansionResources': { oneOf: variants } }
}

/** The same schema, where nothing in it is restored. */
const restoredIn = (schema: Schema, known: Schemas): Schema => {
  const { properties } = schema
  if (!properties) return restored(schema, known)
  const changed: Record<string, Schema> = {}
  for (const [name, each] of Object.entries(properties)) {
    const now = restoredIn(each, known)
    if (now !== each) changed[name] = now
  }
  return Object.keys(changed).length === 0 ? schema : { ...schema, properties: { ...properties, ...changed } }
}

/** The document with a second one laid over it: operations and objects that the first leaves out. */
const withExtension = (base: SpecDocument, extension: SpecDocument): SpecDocument => {
  const known = { ...base.components.schemas, ...extension.components.schemas }
  const schemas = Object.entries(known).map(([name, schema]) => [
    name,
    restoredIn(schema, extension.components.schemas),
  ])
  const { event } = base.components.schemas
  const events = { ...event?.['x-dataObjectByType'], ...extension['x-dataObjectByType'] }
  return {
    ...base,
    paths: { ...base.paths, ...extension.paths },
    components: { schemas: { ...Object.fromEntries(schemas), event: { ...event, 'x-dataObjectByType': events } } },
  }
}

const read = (name: string): SpecDocument =>
  JSON.parse(readFileSync(new URL(`../../spec/${name}`, import.meta.url), 'utf8')) as SpecDocument

/** Stripe's API as far as the simulator knows it: `spec/README.md` says where it comes from. */
export const readSpec = (): SpecDocument => withExtension(read('spec3.subset.json'), read('connect.subset.json'))

/** Follows a `$ref` to the schema it names. */
export const resolveSchema = (spec: SpecDocument, schema: Schema): Schema => {
  const name = schema.$ref?.split('/').at(-1)
  return (name === undefined ? undefined : spec.components.schemas[name]) ?? schema
}
