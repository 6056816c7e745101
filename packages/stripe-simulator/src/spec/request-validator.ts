import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv'
import type { StripeFailure } from '../domain/failure.ts'
import type { Schema } from './document.ts'
import { toJsonSchema } from './json-schema.ts'
import type { KnownOperation } from './operations.ts'
import { toFailure } from './request-failure.ts'

export type RequestValidator = (operation: KnownOperation, input: Record<string, unknown>) => StripeFailure | undefined

/** The names that a request may and must have, whatever their values. */
const surface = ({ properties = {}, required = [] }: Schema): Schema => ({
  type: 'object',
  properties: Object.fromEntries(Object.keys(properties).map((name) => [name, {}])),
  required,
  additionalProperties: false,
})

const only = ({ properties = {} }: Schema, name: string): Schema => ({
  type: 'object',
  properties: { [name]: properties[name] ?? {} },
})

/**
 * Checks a request against the document and turns its form strings into numbers and booleans in place. The document is
 * large and a request small: a validator is compiled for a parameter when it is first sent, and not before.
 */
export const createRequestValidator = (): RequestValidator => {
  const ajv = new Ajv({
    allErrors: true,
    coerceTypes: true,
    code: { optimize: false },
    meta: false,
    strict: false,
    validateFormats: false,
    validateSchema: false,
    verbose: true,
  })
  const compiled = new Map<string, ValidateFunction>()
  const validatorOf = (key: string, schema: () => Schema): ValidateFunction => {
    const known = compiled.get(key) ?? ajv.compile(toJsonSchema(schema()))
    compiled.set(key, known)
    return known
  }
  const errorsOf = (validate: ValidateFunction, input: unknown): ErrorObject[] =>
    validate(input) ? [] : [...(validate.errors ?? [])]
  return (operation, input) => {
    const { key, request } = operation
    const names = Object.keys(input).filter((name) => Object.hasOwn(request.properties ?? {}, name))
    const errors = [
      ...errorsOf(
        validatorOf(key, () => surface(request)),
        input,
      ),
      ...names.flatMap((name) =>
        errorsOf(
          validatorOf(`${key} ${name}`, () => only(request, name)),
          input,
        ),
      ),
    ]
    return errors.length === 0 ? undefined : toFailure(errors)
  }
}
