import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { StripeFailure } from '../domain/failure.ts'
import { toJsonSchema } from './json-schema.ts'
import type { KnownOperation } from './operations.ts'
import { toFailure } from './request-failure.ts'

export type RequestValidator = (operation: KnownOperation, input: Record<string, unknown>) => StripeFailure | undefined

/**
 * Checks a request against the document and turns its form strings into numbers and booleans in place. Validators are
 * compiled when an operation is first called, so that the simulator starts at once.
 */
export const createRequestValidator = (): RequestValidator => {
  const ajv = new Ajv({ coerceTypes: true, strict: false, allErrors: true, validateFormats: false, verbose: true })
  const compiled = new Map<string, ValidateFunction>()
  const validatorOf = (operation: KnownOperation): ValidateFunction => {
    const known = compiled.get(operation.key) ?? ajv.compile(toJsonSchema(operation.request))
    compiled.set(operation.key, known)
    return known
  }
  return (operation, input) => {
    const validate = validatorOf(operation)
    if (validate(input)) return undefined
    return toFailure((validate.errors ?? []) as ErrorObject[])
  }
}
