import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  readonly body: string
  readonly signature: string
  readonly type: string
  readonly id: string
}

export interface Receiver extends AsyncDisposable {
  readonly url: string
  readonly received: Received[]
  /** The next answers; 200 when there are none left. */
  readonly answers: number[]
  types(): string[]
}

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

const atOnce = async (): Promise<void> => undefined

/** A webhook endpoint that writes down what it gets. `before`: what each answer waits for. */
export const openReceiver = async (port = 0, before: (type: string) => Promise<void> = atOnce): Promise<Receiver> => {
  const received: Received[] = []
  const answers: number[] = []
  const server = createServer(async (request, response) => {
    const body = await bodyOf(request)
    const { type, id } = JSON.parse(body) as { type: string; id: string }
    received.push({ body, type, id, signature: String(request.headers['stripe-signature']) })
    await before(type)
    response.writeHead(answers.shift() ?? 200).end()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook`,
    received,
    answers,
    types: () => received.map(({ type }) => type),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
