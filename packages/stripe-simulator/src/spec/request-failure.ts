import type { ErrorObject } from 'ajv'
import { invalidRequest, type StripeFailure } from '../domain/failure.ts'

const bracketed = (segments: readonly string[]): string =>
  segments.map((segment, index) => (index === 0 ? segment : `[${segment}]`)).join('')

const pathOf = (error: ErrorObject, ...more: string[]): string =>
  bracketed([...error.instancePath.split('/').slice(1), ...more])

const unknownParameter = (error: ErrorObject): StripeFailure => {
  const param = pathOf(error, String(error.params.additionalProperty))
  if (param === 'payment_method_types') return removedParameter(param)
  return invalidRequest(`Received unknown parameter: ${param}`, { code: 'parameter_unknown', param })
}

const removedParameter = (param: string): StripeFailure =>
  invalidRequest(
    'The `payment_method_types` parameter is no longer supported. Payment methods are chosen dynamically; filter them with `allowed_payment_method_types` or `excluded_payment_method_types`.',
    { code: 'payment_method_types_no_longer_supported', param },
  )

const missingParameter = (error: ErrorObject): StripeFailure => {
  const param = pathOf(error, String(error.params.missingProperty))
  return invalidRequest(`Missing required param: ${param}.`, { code: 'parameter_missing', param })
}

const emptyParameter = (param: string): StripeFailure =>
  invalidRequest(
    `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset. You should remove '${param}' from your request or supply a non-empty value.`,
    { code: 'parameter_invalid_empty', param },
  )

const mistyped = (error: ErrorObject): StripeFailure => {
  const param = pathOf(error)
  const wanted = String(error.params.type)
  if (error.data === '') return emptyParameter(param)
  if (wanted === 'integer') {
    return invalidRequest(`Invalid integer: ${String(error.data)}`, { code: 'parameter_invalid_integer', param })
  }
  return invalidRequest(`Invalid ${wanted === 'number' ? 'decimal' : wanted}: ${shown(error.data)}`, { param })
}

const shown = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value))

const oneOf = (error: ErrorObject): StripeFailure => {
  const param = pathOf(error)
  if (error.data === '') return emptyParameter(param)
  const allowed = (error.params.allowedValues as unknown[]).map(String)
  const last = allowed.at(-1) ?? ''
  const list = allowed.length > 1 ? `${allowed.slice(0, -1).join(', ')}, or ${last}` : last
  return invalidRequest(`Invalid ${param}: must be one of ${list}`, { param })
}

const tooLong = (error: ErrorObject): StripeFailure => {
  const param = pathOf(error)
  const message = `Invalid string: ${shown(error.data).slice(0, 20)}…; must be at most ${error.params.limit} characters`
  return invalidRequest(message, { param, code: 'parameter_invalid_string_long' })
}

const translations: Readonly<Record<string, (error: ErrorObject) => StripeFailure>> = {
  additionalProperties: unknownParameter,
  required: missingParameter,
  type: mistyped,
  enum: oneOf,
  maxLength: tooLong,
}

const order = Object.keys(translations)

const rank = (error: ErrorObject): number => {
  const depth = error.instancePath.split('/').length
  const emptiable = error.keyword === 'enum' && String(error.params.allowedValues) === '' ? 1000 : 0
  return emptiable + order.indexOf(error.keyword) * 100 - depth
}

/** Stripe answers one error at a time: the unknown name first, then the missing one, then the deepest wrong value. */
export const toFailure = (errors: readonly ErrorObject[]): StripeFailure => {
  const known = errors.filter((error) => error.keyword in translations).sort((a, b) => rank(a) - rank(b))
  const first = known[0]
  const translate = first ? translations[first.keyword] : undefined
  return first && translate ? translate(first) : invalidRequest('Invalid request.', {})
}
