import qs from 'qs'
import type { StripeAddress } from './global-setup.ts'

type Fields = Readonly<Record<string, unknown>>

/** How the helpers reach the simulator: the API as an app would, and the surface that steers it. */
export interface Line {
  get<T>(path: string, query?: Fields): Promise<T>
  post<T>(path: string, fields: Fields): Promise<T>
  /** What only a test may do: `/_simulator/api`. */
  steer<T>(path: string, body: unknown): Promise<T>
  /** The same line, acting for a connected account. */
  actingFor(account: string): Line
  /** What a person does on a hosted page. */
  act<T>(verb: string, ...input: readonly unknown[]): Promise<T>
}

const read = async <T>(response: Response): Promise<T> => {
  const answer = (await response.json()) as { readonly error?: { readonly message: string } }
  if (answer.error) throw new Error(answer.error.message)
  return answer as T
}

export const openLine = (address: Pick<StripeAddress, 'url' | 'secretKey'>, account?: string): Line => {
  const { url, secretKey } = address
  const headers = {
    authorization: `Bearer ${secretKey}`,
    ...(account === undefined ? {} : { 'stripe-account': account }),
  }
  const form = { ...headers, 'content-type': 'application/x-www-form-urlencoded' }
  const steer = async <T>(path: string, body: unknown): Promise<T> => {
    const json = { 'content-type': 'application/json' }
    return read(
      await fetch(`${url}/_simulator/api${path}`, { method: 'POST', headers: json, body: JSON.stringify(body) }),
    )
  }
  return {
    steer,
    actingFor: (id) => openLine(address, id),
    act: async (verb, ...input) => (await steer<{ readonly result: never }>(`/acts/${verb}`, { input })).result,
    get: async (path, query = {}) =>
      read(await fetch(`${url}${path}${qs.stringify(query, { addQueryPrefix: true })}`, { headers })),
    post: async (path, fields) =>
      read(await fetch(`${url}${path}`, { method: 'POST', headers: form, body: qs.stringify(fields) })),
  }
}
