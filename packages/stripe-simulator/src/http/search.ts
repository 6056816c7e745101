import { invalidRequest } from '../domain/failure.ts'
import type { StripeObject } from '../domain/objects/base.ts'
import { render } from '../domain/render.ts'
import type { SearchableName } from '../domain/search-fields.ts'
import { type Lag, searchableVersion } from '../domain/search-history.ts'
import { matcherOf } from '../domain/search-match.ts'
import { parseQuery } from '../domain/search-query.ts'
import { checkLimit } from './list.ts'
import { type Call, type Route, route } from './route.ts'

interface SearchInput {
  readonly expand?: readonly string[]
  readonly limit?: number
  readonly page?: string
  readonly query: string
}

const pageAfter = (id: string): string => Buffer.from(JSON.stringify([id])).toString('base64url')

const startOf = (found: readonly StripeObject[], page: string | undefined): number => {
  if (page === undefined) return 0
  const index = found.findIndex(({ id }) => pageAfter(id) === page)
  if (index >= 0) return index + 1
  throw invalidRequest(`Invalid page: ${page}. Use the \`next_page\` of an earlier answer to the same query.`, {
    param: 'page',
  })
}

/** What was written a moment ago is not found yet, and what was changed is found as it was. */
const visible = (call: Call, name: SearchableName): StripeObject[] => {
  const lag: Lag = { now: call.world.now(), seconds: call.world.settings.searchLagSeconds }
  return call.world.store
    .all(name)
    .filter((object: StripeObject) => object.deleted !== true)
    .flatMap((object: StripeObject) => searchableVersion(object, lag) ?? [])
    .reverse()
}

/** A search over one resource, newest first, in pages. */
export const searchRoute = (name: SearchableName): Route =>
  route<SearchInput>(['limit', 'page', 'query'], (call, { expand = [], limit = 10, page, query }) => {
    checkLimit(limit)
    const found = visible(call, name).filter(matcherOf(name, parseQuery(query)))
    const start = startOf(found, page)
    const data = found.slice(start, start + limit)
    const last = data.at(-1)
    const more = found.length > start + limit
    return {
      object: 'search_result',
      data: data.map(render),
      has_more: more,
      next_page: more && last ? pageAfter(last.id) : null,
      ...(expand.includes('total_count') ? { total_count: found.length } : {}),
      url: call.path,
    }
  })
