import { notSimulated, StripeFailure } from '../domain/failure.ts'
import type { KnownOperation } from '../spec/operations.ts'
import type { Input, Route, Routes } from './route.ts'

export interface Match {
  readonly operation: KnownOperation
  readonly ids: readonly string[]
}

export interface ApiRequest {
  readonly method: string
  readonly path: string
}

/** The one table from operation to handler. */
export interface Router {
  match(request: ApiRequest): Match
  routeOf(operation: KnownOperation): Route
}

const slashAdvice =
  ' If you are trying to list objects, remove the trailing slash. If you are trying to retrieve an object, make sure you passed a valid (non-empty) identifier in your code.'

const unrecognized = ({ method, path }: ApiRequest): StripeFailure =>
  new StripeFailure(404, {
    type: 'invalid_request_error',
    message: `Unrecognized request URL (${method}: ${path}).${path.endsWith('/') ? slashAdvice : ''} Please see https://stripe.com/docs or we can help at https://support.stripe.com/.`,
  })

const decoded = (text: string): string | undefined => {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

const matchOne = (operation: KnownOperation, { method, path }: ApiRequest): Match | undefined => {
  const found = operation.method === method ? operation.pattern.exec(path) : null
  const ids = found?.slice(1).map(decoded)
  return ids?.every((id) => id !== undefined) ? { operation, ids } : undefined
}

export const createRouter = (operations: readonly KnownOperation[], routes: Routes): Router => ({
  match: (request) => {
    for (const operation of operations) {
      const match = matchOne(operation, request)
      if (match) return match
    }
    throw unrecognized(request)
  },
  routeOf: (operation) => {
    const route = routes[operation.key]
    if (!route) throw notSimulated(operation.key)
    return route
  },
})

const isObject = (value: unknown): value is Input =>
  value !== null && typeof value === 'object' && !Array.isArray(value)

interface Named {
  readonly serves: readonly string[]
  /** As Stripe writes it: with brackets. */
  readonly name: string
}

const within = (serves: readonly string[], key: string): string[] =>
  serves.filter((path) => path.startsWith(`${key}.`)).map((path) => path.slice(key.length + 1))

/** What of a value is not served, when only parts of it are. */
const unservedPart = ({ serves, name }: Named, value: unknown): string | undefined => {
  if (serves.length === 0 || !isObject(value)) return name
  for (const [key, inner] of Object.entries(value)) {
    const named = { serves: within(serves, key), name: `${name}[${key}]` }
    const unserved = serves.includes(key) ? undefined : unservedPart(named, inner)
    if (unserved !== undefined) return unserved
  }
  return undefined
}

/** The first parameter that Stripe would honour and the simulator would have to ignore. */
export const unservedParameter = (route: Route, input: Input): string | undefined => {
  const unserved = Object.entries(input)
    .filter(([name]) => !route.serves.includes(name))
    .map(([name, value]) => unservedPart({ serves: within(route.serves, name), name }, value))
  return unserved.find((name) => name !== undefined)
}
