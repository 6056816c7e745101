import { invalidRequest } from './failure.ts'
import type { StripeObject } from './objects/base.ts'
import {
  type FieldKind,
  type SearchableName,
  type SearchField,
  type SearchFields,
  searchFields,
} from './search-fields.ts'
import type { Clause, Operator, Query } from './search-query.ts'

const operators: Readonly<Record<FieldKind, readonly Operator[]>> = {
  numeric: [':', '>', '<', '>=', '<='],
  string: [':', '~'],
  token: [':'],
}

/** Stripe looks for parts of at least three letters. */
const shortestPart = 3

const fieldOf = (name: SearchableName, clause: Clause): SearchField => {
  const resource = `${name}s`
  const fields: SearchFields = searchFields[name]
  const field = Object.hasOwn(fields, clause.field) ? fields[clause.field] : undefined
  if (field && (clause.field === 'metadata') === (clause.key !== undefined)) return field
  throw invalidRequest(
    `Field \`${clause.field}\` is an unsupported search field for resource \`${resource}\`. See http://stripe.com/docs/search#query-fields-for-${resource.replaceAll('_', '-')} for a list of supported fields.`,
  )
}

const checkValue = ({ field, operator, value, quoted }: Clause, kind: FieldKind): void => {
  if (value === null && operator !== ':') {
    throw invalidRequest(`Operator \`${operator}\` cannot be used with null for field \`${field}\`.`)
  }
  if (kind === 'numeric' && value !== null && !/^-?\d+(\.\d+)?$/.test(value)) {
    throw invalidRequest(`Field \`${field}\` is numeric: \`${value}\` is not a number.`)
  }
  if (kind === 'string' && value !== null && !quoted) {
    throw invalidRequest(`Field \`${field}\` is a string: put its value in quotation marks.`)
  }
  if (operator === '~' && (value ?? '').length < shortestPart) {
    throw invalidRequest(`A substring search for field \`${field}\` needs at least ${shortestPart} characters.`)
  }
}

const textOf = (value: unknown): string => String(value).toLowerCase()

const wordsOf = (text: string): string => ` ${text.split(/\s+/).filter(Boolean).join(' ')} `

type Test = (found: unknown, wanted: string) => boolean

const equals: Readonly<Record<FieldKind, Test>> = {
  numeric: (found, wanted) => Number(found) === Number(wanted),
  string: (found, wanted) => wordsOf(textOf(found)).includes(wordsOf(textOf(wanted))),
  token: (found, wanted) => textOf(found) === textOf(wanted),
}

const tests: Readonly<Record<Exclude<Operator, ':'>, Test>> = {
  '~': (found, wanted) => textOf(found).includes(textOf(wanted)),
  '>': (found, wanted) => Number(found) > Number(wanted),
  '<': (found, wanted) => Number(found) < Number(wanted),
  '>=': (found, wanted) => Number(found) >= Number(wanted),
  '<=': (found, wanted) => Number(found) <= Number(wanted),
}

const isEmpty = (value: unknown): boolean => value === null || value === undefined || value === ''

const readField = (field: SearchField, object: StripeObject, key: string | undefined): unknown => {
  const value = field.read(object)
  return key === undefined ? value : (value as Readonly<Record<string, unknown>> | undefined)?.[key]
}

type Predicate = (object: StripeObject) => boolean

const predicateOf = (name: SearchableName, clause: Clause): Predicate => {
  const field = fieldOf(name, clause)
  const { operator, value, negated, key } = clause
  if (!operators[field.kind].includes(operator)) {
    throw invalidRequest(`Operator \`${operator}\` is not supported for field \`${clause.field}\`.`)
  }
  checkValue(clause, field.kind)
  const test = operator === ':' ? equals[field.kind] : tests[operator]
  return (object) => {
    const found = readField(field, object, key)
    const matches = value === null ? isEmpty(found) : !isEmpty(found) && test(found, value)
    return matches !== negated
  }
}

/** What a query asks of an object; a refusal when this resource cannot be asked so. */
export const matcherOf = (name: SearchableName, { clauses, any }: Query): Predicate => {
  const predicates = clauses.map((clause) => predicateOf(name, clause))
  return (object) =>
    any ? predicates.some((matches) => matches(object)) : predicates.every((matches) => matches(object))
}
