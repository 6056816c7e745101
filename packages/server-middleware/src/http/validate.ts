import type { InvalidField } from '@paywright/contract'
import type { z } from 'zod'
import { BillingError } from '../domain/errors.ts'
import { dangerousFields } from './dangerous-fields.ts'

/** The error that names every field (the first hundred). */
export const invalidRequest = (fields: readonly InvalidField[]): BillingError<'invalid_request'> => {
  const more = fields.length > 5 ? `; and ${fields.length - 5} more` : ''
  const message = `This request is wrong: ${fields.slice(0, 5).map(inWords).join('; ')}${more}.`
  return new BillingError('invalid_request', message, { details: { fields: fields.slice(0, 100) } })
}

const inWords = ({ path, message }: InvalidField): string => (path === '' ? `it ${message}` : `${path} ${message}`)

/** What is wrong with `value`, and the value as the schema makes it. */
export const check = (schema: z.ZodType, value: unknown): { fields: InvalidField[]; value: unknown } => {
  const dangerous = dangerousFields(value)
  if (dangerous.length > 0) return { fields: dangerous, value: undefined }
  const result = schema.safeParse(value, { reportInput: true })
  return result.success
    ? { fields: [], value: result.data }
    : { fields: fieldsOf(result.error.issues), value: undefined }
}

type Issue = z.core.$ZodIssue

/** Every field once, with the first thing that is wrong about it. */
const fieldsOf = (issues: readonly Issue[]): InvalidField[] => {
  const byPath = new Map<string, InvalidField>()
  for (const field of issues.flatMap(toFields)) if (!byPath.has(field.path)) byPath.set(field.path, field)
  return [...byPath.values()]
}

const toFields = (issue: Issue): InvalidField[] => {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: joined([...issue.path, key]), message: 'is not a field of this request' }))
  }
  if (issue.code === 'invalid_union') return closest(issue.errors.map(fieldsOf))
  return [{ path: joined(issue.path), message: messageOf(issue) }]
}

/** Of several shapes that a request may have, the one that it misses by least. */
const closest = (candidates: InvalidField[][]): InvalidField[] =>
  candidates.toSorted((a, b) => a.length - b.length)[0] ?? []

const joined = (path: readonly PropertyKey[]): string => path.map(String).join('.').slice(0, 200)

const messageOf = (issue: Issue): string => {
  if (issue.code === 'invalid_type') return typeMessage(issue)
  if (issue.code === 'too_small') return `must be at least ${issue.minimum}${unitOf(issue.origin)}`
  if (issue.code === 'too_big') return `must be at most ${issue.maximum}${unitOf(issue.origin)}`
  if (issue.code === 'invalid_value') return `must be one of ${issue.values.join(', ')}`
  if (issue.code === 'invalid_key') return 'has a name that cannot be used: letters, digits, - and _, at most 40'
  if (issue.code === 'invalid_format' && issue.format === 'email') return 'must be an e-mail address'
  return issue.message
}

const typeMessage = ({ input, expected }: z.core.$ZodIssueInvalidType): string =>
  input === undefined ? 'is required' : `must be ${kinds[expected] ?? expected}`

const unitOf = (origin: string): string => (origin === 'string' ? ' characters long' : '')

const kinds: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
}
