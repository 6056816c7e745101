import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export type SeenRequest = { method: string; path: string; headers: IncomingHttpHeaders; body: string }

export type Answer = { status?: number; headers?: Record<string, string>; body: object | string } | 'hang up'

/** A listening server that answers each request with what `answer` says, and remembers what it was asked. */
export const openAnsweringServer = async (answer: (request: SeenRequest) => Answer) => {
  const requests: SeenRequest[] = []
  const server = createServer(async (req, res) => {
    const request = { method: req.method ?? '', path: req.url ?? '', headers: req.headers, body: await text(req) }
    requests.push(request)
    const given = answer(request)
    if (given === 'hang up') return req.socket.destroy()
    const { status = 200, headers = {}, body } = given
    res.writeHead(status, { 'content-type': 'application/json', ...headers })
    res.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
