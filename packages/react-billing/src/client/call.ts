import { isProblem, type RouteDefinition, type RouteName, type RouteTypes, routes } from '@paywright/contract'
import { BillingClientError } from './billing-client-error.ts'
import { createIdempotencyKey } from './idempotency-key.ts'

type CallInput = {
  params?: Record<string, string>
  query?: Record<string, string | undefined>
  body?: unknown
  signal?: AbortSignal
  idempotencyKey?: string
}

export type Call = <Name extends RouteName>(name: Name, input: CallInput) => Promise<RouteTypes[Name]['response']>

type CallerInput = { baseUrl: string; fetch: typeof globalThis.fetch }

/** One function for every route of the contract. */
export const createCaller =
  ({ baseUrl, fetch }: CallerInput): Call =>
  async (name, input) => {
    const route = routes[name]
    const response = await fetch(urlOf(baseUrl, route, input), requestOf(route, input)).catch(refuseUnanswered)
    const body: unknown = await response.json().catch(() => null)
    if (!response.ok || body === null) throw errorOf(response, body)
    return body as RouteTypes[typeof name]['response']
  }

const urlOf = (baseUrl: string, route: RouteDefinition, { params = {}, query = {} }: CallInput): string => {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value)
  return `${baseUrl.replace(/\/$/, '')}${path}${search.size > 0 ? `?${search}` : ''}`
}

const requestOf = ({ method }: RouteDefinition, { body, signal, idempotencyKey }: CallInput): RequestInit => ({
  method,
  credentials: 'same-origin',
  headers: method === 'GET' ? { accept: 'application/json' } : mutationHeaders(idempotencyKey),
  ...(method !== 'GET' && { body: JSON.stringify(body ?? {}) }),
  ...(signal && { signal }),
})

const mutationHeaders = (idempotencyKey = createIdempotencyKey()): Record<string, string> => ({
  accept: 'application/json',
  'content-type': 'application/json',
  'idempotency-key': idempotencyKey,
})

const refuseUnanswered = (cause: unknown): never => {
  if (cause instanceof Error && cause.name === 'AbortError') throw cause
  throw new BillingClientError({ code: 'unreachable', message: 'The billing server did not answer.', cause })
}

const errorOf = (response: Response, body: unknown): BillingClientError =>
  isProblem(body)
    ? new BillingClientError({ code: body.code, message: body.detail, problem: body })
    : new BillingClientError({
        code: 'unexpected_answer',
        message: `The billing server answered ${response.status} without a body that the kit knows.`,
      })
