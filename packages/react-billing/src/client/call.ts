import type { AnyProblem, RouteName, RouteTypes, routes } from '@paywright/contract'
import { BillingClientError } from './billing-client-error.ts'
import { createIdempotencyKey } from './idempotency-key.ts'

type CallInput = {
  params?: Record<string, string>
  query?: Record<string, string | undefined>
  body?: unknown
  signal?: AbortSignal
  idempotencyKey?: string
}

type Routes = typeof routes

/** `'GET /plans'`: the contract's own words, checked by the compiler, so that its table needn't be in the browser. */
type Address<Name extends RouteName> = `${Routes[Name]['method']} ${Routes[Name]['path']}`

type NameOf<Wanted> = { [Name in RouteName]: Address<Name> extends Wanted ? Name : never }[RouteName]

export type Call = <Wanted extends Address<RouteName>>(
  address: Wanted,
  input: CallInput,
) => Promise<RouteTypes[NameOf<Wanted>]['response']>

type CallerInput = { baseUrl: string; fetch: typeof globalThis.fetch }

/** One function for every route of the contract. */
export const createCaller =
  ({ baseUrl, fetch }: CallerInput): Call =>
  async (address, input) => {
    const [method = 'GET', path = ''] = address.split(' ')
    const target = baseUrl.replace(/\/$/, '') + targetOf(path, input)
    const response = await fetch(target, requestOf(method, input)).catch((cause: unknown) => {
      throw input.signal?.aborted ? cause : unreachable(cause)
    })
    const body: unknown = await response.json().catch(() => null)
    if (!response.ok || body === null) throw errorOf(response, body)
    return body as RouteTypes[NameOf<typeof address>]['response']
  }

const targetOf = (path: string, { params = {}, query = {} }: CallInput): string => {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, value)
  return search.size > 0 ? `${filled}?${search}` : filled
}

const requestOf = (method: string, { body, signal, idempotencyKey }: CallInput): RequestInit => ({
  method,
  credentials: 'same-origin',
  ...(signal && { signal }),
  ...(method !== 'GET' && { headers: mutationHeaders(idempotencyKey), body: JSON.stringify(body) }),
})

const mutationHeaders = (key = createIdempotencyKey()) => ({
  'content-type': 'application/json',
  'idempotency-key': key,
})

const unreachable = (cause: unknown) =>
  new BillingClientError({ code: 'unreachable', message: 'The billing server did not answer.', cause })

/** Also of a code that is newer than this kit. */
const isProblem = (body: unknown): body is AnyProblem =>
  typeof body === 'object' && body !== null && 'code' in body && 'detail' in body

const errorOf = (response: Response, body: unknown): BillingClientError =>
  isProblem(body)
    ? new BillingClientError({ code: body.code, message: body.detail, problem: body })
    : new BillingClientError({
        code: 'unexpected_answer',
        message: `The billing server answered ${response.status} without a body that the kit knows.`,
      })
