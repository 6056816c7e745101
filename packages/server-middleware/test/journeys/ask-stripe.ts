import { expect } from 'vitest'
import type { World } from './world.ts'

export type Asked = { path: string; fields?: Readonly<Record<string, string>>; method?: 'POST' | 'DELETE' }

/** What somebody does in Stripe's dashboard, with the secret key; gives the id of what it is about. */
export const askStripe = async (
  { stripe: { url, keys } }: World,
  { path, fields = {}, method = 'POST' }: Asked,
): Promise<string> => {
  const headers = { authorization: `Bearer ${keys.secretKey}` }
  const response = await fetch(`${url}${path}`, { method, headers, body: new URLSearchParams(fields) })
  const { id } = (await response.json()) as { id: string }
  expect(response.status).toBe(200)
  return id
}
