import { invalidRequest, noSuch } from '../domain/failure.ts'
import type { ApiList, StripeObject } from '../domain/objects/base.ts'
import { render } from '../domain/render.ts'
import type { Call } from './route.ts'

export interface PageInput {
  readonly limit?: number
  readonly starting_after?: string
  readonly ending_before?: string
}

export type RangeInput =
  | number
  | { readonly gt?: number; readonly gte?: number; readonly lt?: number; readonly lte?: number }

/** The parameters every list takes. */
export const pageParams = ['limit', 'starting_after', 'ending_before'] as const

const indexOf = (objects: readonly StripeObject[], id: string, param: string): number => {
  const index = objects.findIndex((object) => object.id === id)
  if (index < 0) throw noSuch(objects[0]?.object ?? 'object', id, { param })
  return index
}

export const checkLimit = (limit = 10): void => {
  if (limit >= 1 && limit <= 100) return
  throw invalidRequest(
    limit < 1 ? 'This value must be greater than or equal to 1.' : 'This value must be less than or equal to 100.',
    { param: 'limit', code: 'parameter_invalid_integer' },
  )
}

const checkPage = ({ limit, starting_after, ending_before }: PageInput): void => {
  checkLimit(limit)
  if (starting_after !== undefined && ending_before !== undefined) {
    throw invalidRequest('You can only use one of starting_after and ending_before.', { param: 'ending_before' })
  }
}

const window = (objects: readonly StripeObject[], page: PageInput): { start: number; end: number; more: boolean } => {
  const limit = page.limit ?? 10
  if (page.ending_before !== undefined) {
    const end = indexOf(objects, page.ending_before, 'ending_before')
    return { start: Math.max(0, end - limit), end, more: end > limit }
  }
  const after = page.starting_after
  const start = after === undefined ? 0 : indexOf(objects, after, 'starting_after') + 1
  return { start, end: start + limit, more: objects.length > start + limit }
}

export const listOf = <T extends StripeObject>(data: readonly T[], url: string): ApiList<T> => ({
  object: 'list',
  data,
  has_more: false,
  url,
})

/** A page of objects that are in Stripe's order already: newest first. */
export const pageOf = (call: Call, objects: readonly StripeObject[]): Readonly<Record<string, unknown>> => {
  const page = call.input as PageInput
  checkPage(page)
  const { start, end, more } = window(objects, page)
  return { ...listOf(objects.slice(start, end).map(render), call.path), has_more: more }
}

/** The same for objects as the store keeps them: oldest first. Deleted ones are not listed. */
export const newestFirst = (call: Call, objects: readonly StripeObject[]): Readonly<Record<string, unknown>> =>
  pageOf(call, objects.filter((object) => object.deleted !== true).reverse())

export const isWithin = (value: number, range: RangeInput | undefined): boolean => {
  if (range === undefined) return true
  if (typeof range === 'number') return value === range
  const { gt = -Infinity, gte = -Infinity, lt = Infinity, lte = Infinity } = range
  return value > gt && value >= gte && value < lt && value <= lte
}

/** The same for something that may never have happened. */
export const wasWithin = (time: number | null, range: RangeInput | undefined): boolean =>
  range === undefined || (time !== null && isWithin(time, range))

/** True when every given filter equals the object's field of the same name. */
export const matches = (object: StripeObject, filters: Readonly<Record<string, unknown>>): boolean =>
  Object.entries(filters).every(([field, value]) => value === undefined || object[field] === value)
