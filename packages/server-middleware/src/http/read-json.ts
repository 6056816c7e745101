import type { Request } from 'express'
import { BillingError } from '../domain/errors.ts'
import { isConsumed, readBytes, refuseAnnouncedLength, unreadable } from './read-body.ts'

const limit = 100_000

/**
 * The JSON body of a request, whether or not the host has parsed it; an empty one is `{}`.
 *
 * @throws BillingError `payload_too_large`, `invalid_request`
 */
export const readJson = async (req: Request): Promise<unknown> => {
  refuseAnnouncedLength(req, limit)
  return isConsumed(req) ? parsedByHost(req) : parse(await readBytes(req, limit))
}

const parsedByHost = (req: Request): unknown => {
  const body: unknown = req.body
  if (body instanceof Uint8Array) return parse(body)
  if (typeof body === 'string') return parse(Buffer.from(body))
  if (body === undefined && req.readableDidRead) {
    throw unreadable('was read before it came here and is not on req.body: mount the router before what reads it')
  }
  return body ?? {}
}

const parse = (bytes: Uint8Array): unknown => {
  if (bytes.length === 0) return {}
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw unreadable('is not valid JSON', cause)
  }
}

/** Nothing but JSON is read: a form on another site can send everything else without asking first. */
export const requireJson = (req: Request): void => {
  const [type = '', ...parameters] = (req.headers['content-type'] ?? '').toLowerCase().split(';')
  const charset = parameters.map((each) => each.trim()).find((each) => each.startsWith('charset='))
  if (type.trim() === 'application/json' && /^charset="?utf-?8"?$/.test(charset ?? 'charset=utf-8')) return
  throw new BillingError('unsupported_media_type', 'Send JSON: Content-Type: application/json, in UTF-8.')
}
