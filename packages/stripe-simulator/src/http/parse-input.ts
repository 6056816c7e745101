import qs from 'qs'
import { invalidRequest } from '../domain/failure.ts'

const depth = 20
const arrayLimit = 1000

/** Form fields in Stripe's bracket notation, from a query or a body. */
export const parseForm = (text: string): Record<string, unknown> =>
  qs.parse(text, { depth, arrayLimit, parameterLimit: 10_000, ignoreQueryPrefix: true }) as Record<string, unknown>

/** The fields of a JSON body, as version 2 of the API takes them. */
export const parseJson = (text: string): Record<string, unknown> => {
  try {
    return JSON.parse(text || '{}') as Record<string, unknown>
  } catch {
    throw invalidRequest('Invalid JSON in the body of the request.')
  }
}
