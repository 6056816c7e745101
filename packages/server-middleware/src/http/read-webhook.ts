import type { IncomingHttpHeaders } from 'node:http'
import type { Request } from 'express'
import { isConsumed, readBytes } from './read-body.ts'

const limit = 1_000_000

/** A webhook's signed bytes; or, when a parser of the host has eaten them, what is left: the id that the event gave. */
export type ReadWebhook = { kind: 'bytes'; bytes: Uint8Array } | { kind: 'consumed'; eventId: string | null }

/** Takes the bytes wherever the host has left them: in the stream, in `req.rawBody`, in a body that was not parsed. */
export const readWebhook = async (req: Request): Promise<ReadWebhook> => {
  if (!isConsumed(req)) return { kind: 'bytes', bytes: await readBytes(req, limit) }
  const bytes = toBytes('rawBody' in req ? req.rawBody : undefined) ?? toBytes(req.body)
  return bytes ? { kind: 'bytes', bytes } : { kind: 'consumed', eventId: eventIdOf(req.body) }
}

const toBytes = (kept: unknown): Uint8Array | null => {
  if (kept instanceof Uint8Array) return kept
  return typeof kept === 'string' ? Buffer.from(kept) : null
}

const eventIdOf = (body: unknown): string | null => {
  if (typeof body !== 'object' || body === null || !('id' in body)) return null
  return typeof body.id === 'string' && /^[\w-]{1,255}$/.test(body.id) ? body.id : null
}

/** The headers, each as one text. */
export const flatHeaders = (headers: IncomingHttpHeaders): Readonly<Record<string, string | undefined>> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : value]),
  )
