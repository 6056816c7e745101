import { browserOperations, browserProperties } from './browser-extensions.ts'
import type { HttpMethod, Operation, Schema, SpecDocument } from './document.ts'

export interface KnownOperation {
  /** `POST /v1/customers/{id}`. */
  readonly key: string
  readonly method: string
  readonly path: string
  readonly pattern: RegExp
  readonly parameters: readonly string[]
  readonly request: Schema
  readonly answer: Schema
}

const bodySchema = (operation: Operation): Schema | undefined =>
  Object.values(operation.requestBody?.content ?? {})[0]?.schema

const querySchema = (operation: Operation): Schema => {
  const query = (operation.parameters ?? []).filter((parameter) => parameter.in === 'query')
  return {
    type: 'object',
    properties: Object.fromEntries(query.map((parameter) => [parameter.name, parameter.schema])),
    required: query.filter((parameter) => parameter.required === true).map((parameter) => parameter.name),
    additionalProperties: false,
  }
}

const requestSchema = (key: string, operation: Operation): Schema => {
  const schema = bodySchema(operation) ?? querySchema(operation)
  return { ...schema, properties: { ...schema.properties, ...browserProperties(key, schema) } }
}

/** Stripe counts what a search finds only where that is expanded. */
const answerSchema = (operation: Operation): Schema => {
  const schema = operation.responses['200']?.content?.['application/json']?.schema ?? {}
  const count = schema.properties?.total_count
  if (!count) return schema
  return { ...schema, properties: { ...schema.properties, total_count: { ...count, 'x-includable': true } } }
}

const toOperation = (path: string, method: HttpMethod, operation: Operation): KnownOperation => {
  const key = `${method.toUpperCase()} ${path}`
  return {
    key,
    method: method.toUpperCase(),
    path,
    pattern: new RegExp(`^${path.replace(/\{[^}]+\}/g, '([^/]+)')}$`),
    parameters: [...path.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? ''),
    request: requestSchema(key, operation),
    answer: answerSchema(operation),
  }
}

/** Every operation that is known, literal paths before those with a placeholder. */
export const listOperations = (spec: SpecDocument): KnownOperation[] => {
  const known = Object.entries({ ...spec.paths, ...browserOperations }).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => toOperation(path, method as HttpMethod, operation)),
  )
  return known.sort((a, b) => a.parameters.length - b.parameters.length)
}
