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
}

/** Stripe's API as far as the simulator knows it: `spec/README.md` says where it comes from. */
export const readSpec = (): SpecDocument => {
  const file = new URL('../../spec/spec3.subset.json', import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as SpecDocument
}

/** Follows a `$ref` to the schema it names. */
export const resolveSchema = (spec: SpecDocument, schema: Schema): Schema => {
  const name = schema.$ref?.split('/').at(-1)
  return (name === undefined ? undefined : spec.components.schemas[name]) ?? schema
}
