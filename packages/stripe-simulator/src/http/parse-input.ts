import qs from 'qs'
import { invalidRequest } from '../domain/failure.ts'

const depth = 20
const arrayLimit = 1000
const mostFields = 10_000

const options = {
  allowPrototypes: true,
  arrayLimit,
  depth,
  ignoreQueryPrefix: true,
  parameterLimit: mostFields,
  throwOnLimitExceeded: true,
}

const attempt = (parse: () => unknown, refusal: string): Record<string, unknown> => {
  const parsed = attempted(parse, refusal)
  if (parsed !== null && typeof parsed === 'object' && !Array.isArray(parsed)) return parsed as Record<string, unknown>
  throw invalidRequest('The body of the request must be a JSON object.')
}

const attempted = (parse: () => unknown, refusal: string): unknown => {
  try {
    return parse()
  } catch {
    throw invalidRequest(refusal)
  }
}

/** Form fields in Stripe's bracket notation, from a query or a body. */
export const parseForm = (text: string): Record<string, unknown> =>
  attempt(() => qs.parse(text, options), 'The request has too many parameters.')

/** The fields of a JSON body, as version 2 of the API takes them. */
export const parseJson = (text: string): Record<string, unknown> =>
  attempt(() => JSON.parse(text || '{}') as unknown, 'Invalid JSON in the body of the request.')
