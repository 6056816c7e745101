import { Ajv, type ValidateFunction } from 'ajv'
import { createRouter, type Match } from '../../src/http/router.ts'
import { readSpec } from '../../src/spec/document.ts'
import { toJsonSchema } from '../../src/spec/json-schema.ts'
import { listOperations } from '../../src/spec/operations.ts'

const spec = readSpec()
const router = createRouter(listOperations(spec), {})
const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
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
