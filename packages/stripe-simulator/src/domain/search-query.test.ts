import { describe, expect, it } from 'vitest'
import { parseQuery } from './search-query.ts'

const brief = (query: string) =>
  parseQuery(query).clauses.map(({ field, key, negated, operator, value }) => [field, key, negated, operator, value])

describe('a search query', () => {
  it('is clauses of field, operator and value', () => {
    expect(brief('email:"ada@example.com"')).toEqual([['email', undefined, false, ':', 'ada@example.com']])
    expect(brief("name~'ada'")).toEqual([['name', undefined, false, '~', 'ada']])
    expect(brief('total>=1000')).toEqual([['total', undefined, false, '>=', '1000']])
    expect(brief('-currency:"usd"')).toEqual([['currency', undefined, true, ':', 'usd']])
  })

  it('names a key of the metadata in brackets, with either quotation marks', () => {
    expect(brief('metadata["order id"]:"7"')).toEqual([['metadata', 'order id', false, ':', '7']])
    expect(brief("-metadata['order']:null")).toEqual([['metadata', 'order', true, ':', null]])
  })

  it('escapes quotation marks', () => {
    expect(brief('description:"called \\"The Sky\\""')).toEqual([
      ['description', undefined, false, ':', 'called "The Sky"'],
    ])
  })

  it('joins its clauses by AND, a space, or OR', () => {
    expect(parseQuery('a:"1" b:"2"').any).toBe(false)
    expect(parseQuery('a:"1" and b:"2" AND c:"3"')).toMatchObject({ any: false, clauses: { length: 3 } })
    expect(parseQuery('a:"1" OR b:"2" or c:"3"')).toMatchObject({ any: true, clauses: { length: 3 } })
  })

  it('never mixes AND and OR', () => {
    expect(() => parseQuery('a:"1" AND b:"2" OR c:"3"')).toThrow('cannot combine AND and OR')
    expect(() => parseQuery('a:"1" b:"2" OR c:"3"')).toThrow('cannot combine AND and OR')
  })

  it('has at most ten clauses', () => {
    const clauses = (count: number) => Array.from({ length: count }, () => 'a:"1"').join(' ')
    expect(parseQuery(clauses(10)).clauses).toHaveLength(10)
    expect(() => parseQuery(clauses(11))).toThrow('at most 10')
  })

  it.each(['', 'asdf', 'status:active', 'a:"1"b:"2"', 'a:"1" AND', 'OR a:"1"', '(a:"1")', 'a:"1', 'a = "1"', 'a:"1"x'])(
    'like %j cannot be read',
    (query) => {
      expect(() => parseQuery(query)).toThrow('We were unable to parse your search query.')
    },
  )
})
