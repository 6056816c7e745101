// Loaded with `--import` into a test run: every request that a server of that run answers under /v1 is written down.
// Nothing that is tested knows of it.
import diagnostics from 'node:diagnostics_channel'
import { appendFileSync } from 'node:fs'
import path from 'node:path'

const folder = process.env.PAYWRIGHT_REQUESTS ?? ''

/** @param {Buffer[]} chunks */
const textOf = (chunks) => Buffer.concat(chunks).toString('utf8')

/** @param {unknown} message */
const record = (message) => {
  const { request, response } =
    /** @type {{ request: import('node:http').IncomingMessage, response: import('node:http').ServerResponse }} */ (
      message
    )
  const { method, url, headers } = request
  if (!url?.startsWith('/v1/')) return
  /** @type {Buffer[]} */
  const sent = []
  /** @type {Buffer[]} */
  const answered = []
  request.on('data', (chunk) => sent.push(chunk))
  const end = response.end.bind(response)
  response.end = /** @type {typeof response.end} */ (
    (/** @type {string | Buffer} */ chunk, /** @type {BufferEncoding} */ encoding) => {
      if (chunk) answered.push(Buffer.from(chunk))
      return end(chunk, encoding)
    }
  )
  response.once('finish', () => {
    const line = { method, url, authorization: headers.authorization, body: textOf(sent), status: response.statusCode }
    const file = path.join(folder, `${process.pid}.jsonl`)
    appendFileSync(file, `${JSON.stringify({ ...line, answer: textOf(answered) })}\n`)
  })
}

if (folder !== '') diagnostics.subscribe('http.server.request.start', record)
