import type { Exchange, Reply } from './exchange.ts'

const atOnce = 8

const ask = async (mock: string, { method, url, authorization, body }: Exchange): Promise<Reply> => {
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    ...(authorization === undefined ? {} : { authorization: 'Bearer sk_test_123' }),
  }
  const response = await fetch(`${mock}${url}`, { method, headers, ...(method === 'POST' ? { body } : {}) })
  return { status: response.status, answer: await response.text() }
}

export type Replayed = { exchange: Exchange; reply: Reply }

/** Sends the same requests to a stripe-mock. */
export async function replay(mock: string, exchanges: readonly Exchange[]): Promise<Replayed[]> {
  const replayed: Replayed[] = []
  const waiting = [...exchanges.entries()]
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [index, exchange] = next
      replayed[index] = { exchange, reply: await ask(mock, exchange) }
    }
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return replayed
}
