import { invalidRequest, type StripeFailure } from './failure.ts'

export type Operator = ':' | '~' | '>' | '<' | '>=' | '<='

export interface Clause {
  readonly field: string
  /** The key in brackets of `metadata["key"]`. */
  readonly key?: string
  readonly negated: boolean
  readonly operator: Operator
  /** Null asks whether the field is empty. */
  readonly value: string | null
  readonly quoted: boolean
}

export interface Query {
  readonly clauses: readonly Clause[]
  /** Clauses are joined by OR; otherwise by AND, the default. */
  readonly any: boolean
}

const most = 10

const clausePattern =
  /(?<minus>-?)(?<field>[a-z0-9_.]+)(?:\[(?<key>"[^"]*"|'[^']*')\])?(?<operator>>=|<=|[:~<>])(?<value>"(?:\\.|[^"\\])*"|'(?:\\.|[^'\\])*'|-?\d+(?:\.\d+)?|null\b)(?=\s|$)/iy

const joinPattern = /\s+(?:(?<join>and|or)\s+)?/iy

const unreadable = (): StripeFailure =>
  invalidRequest(
    'We were unable to parse your search query. Try using the format `metadata["key"]:"value"` to query for metadata or key:"value" to query for other fields.',
  )

const unquote = (text: string): string => text.slice(1, -1).replace(/\\(.)/g, '$1')

const literalOf = (text: string): Pick<Clause, 'value' | 'quoted'> => {
  if (/^["']/.test(text)) return { value: unquote(text), quoted: true }
  return { value: /^null$/i.test(text) ? null : text, quoted: false }
}

const toClause = (groups: Readonly<Record<string, string | undefined>>): Clause => ({
  field: groups.field ?? '',
  ...(groups.key === undefined ? {} : { key: groups.key.slice(1, -1) }),
  negated: groups.minus === '-',
  operator: (groups.operator ?? ':') as Operator,
  ...literalOf(groups.value ?? ''),
})

/** Reads on at a place of a text, or does not. */
const readAt = (pattern: RegExp, text: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at
  return pattern.exec(text)
}

interface Reading {
  readonly clauses: readonly Clause[]
  readonly joins: readonly string[]
}

const readClauses = (text: string): Reading => {
  const clauses: Clause[] = []
  const joins: string[] = []
  for (let at = 0; at < text.length; ) {
    const join = clauses.length === 0 ? undefined : readAt(joinPattern, text, at)
    if (join) joins.push((join.groups?.join ?? 'and').toLowerCase())
    const found = readAt(clausePattern, text, at + (join?.[0].length ?? 0))
    if (!found?.groups) throw unreadable()
    clauses.push(toClause(found.groups))
    at = clausePattern.lastIndex
  }
  return { clauses, joins }
}

/** Stripe's search query language: clauses, joined by AND or by OR, never by both. */
export const parseQuery = (query: string): Query => {
  const { clauses, joins } = readClauses(query.trim())
  if (clauses.length === 0) throw unreadable()
  if (new Set(joins).size > 1) throw invalidRequest('You cannot combine AND and OR in the same search query.')
  if (clauses.length > most) throw invalidRequest(`A search query can have at most ${most} clauses.`)
  return { clauses, any: joins[0] === 'or' }
}
