import { Ajv, type ValidateFunction } from 'ajv'
import { createRouter, type Match } from '../../src/http/router.ts'
import { readSpec } from '../../src/spec/document.ts'
import { toJsonSchema } from '../../src/spec/json-schema.ts'
import { listOperations } from '../../src/spec/operations.ts'

const spec = readSpec()
const router = createRouter(listOperations(spec), {})
const ajv = new Ajv({
  code: { optimize: false },
  meta: false,
  strict: false,
  validateFormats: false,
  validateSchema: false,
})
const compiled = new Map<string, ValidateFunction>()

ajv.addSchema({ $id: 'stripe', ...(toJsonSchema(spec as never) as object) })

const qualified = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(qualified)
  if (value === null || typeof value !== 'object') return value
  const entries = Object.entries(value).map(([key, inner]) =>
    key === '$ref' ? [key, `stripe${String(inner)}`] : [key, qualified(inner)],
  )
  return Object.fromEntries(entries)
}

const validatorOf = ({ operation }: Match): ValidateFunction => {
  const known = compiled.get(operation.key) ?? ajv.compile(qualified(toJsonSchema(operation.answer)) as object)
  compiled.set(operation.key, known)
  return known
}

/** The operations that were answered and checked. */
export const checkedOperations = new Set<string>()

/** What is wrong with an answer, as far as the document knows; empty when it is right. */
export const answerProblems = (method: string, path: string, answer: unknown): string[] => {
  const match = router.match({ method, path })
  const validate = validatorOf(match)
  checkedOperations.add(match.operation.key)
  if (validate(answer)) return []
  const relevant = (validate.errors ?? []).filter(({ keyword }) => keyword !== 'anyOf')
  return relevant.map((error) => `${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`)
}

const objectOfEvent = (spec.components.schemas.event as { 'x-dataObjectByType'?: Record<string, string> })[
  'x-dataObjectByType'
]

/** What is wrong with what an event carries. */
export const eventProblems = (event: {
  readonly type: string
  readonly data: { readonly object: unknown }
}): string[] => {
  const schema = objectOfEvent?.[event.type]
  if (schema === undefined) return [`${event.type} is no event of Stripe’s`]
  const known = compiled.get(event.type) ?? ajv.compile({ $ref: `stripe#/components/schemas/${schema}` })
  compiled.set(event.type, known)
  if (known(event.data.object)) return []
  return (known.errors ?? []).map((error) => `${event.type} ${error.instancePath} ${error.message}`)
}
