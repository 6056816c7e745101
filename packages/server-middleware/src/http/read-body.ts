import type { IncomingMessage } from 'node:http'
import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import { BillingError } from '../domain/errors.ts'

/** Whether a parser of the host has read the body already. */
export const isConsumed = (req: IncomingMessage): boolean => req.readableDidRead || req.readableEnded || req.destroyed

/**
 * The body's bytes, decompressed.
 *
 * @throws BillingError `payload_too_large`, `unsupported_media_type` (an encoding other than gzip and deflate)
 */
export const readBytes = async (req: IncomingMessage, limit: number): Promise<Buffer> => {
  refuseAnnouncedLength(req, limit)
  const decode = decoderOf(req)
  const bytes = await collect(req, limit)
  return decode === null ? bytes : decompress(decode, bytes, limit)
}

/** Refuses by `Content-Length`, before anything is read; also what a host's parser with a higher limit let pass. */
export const refuseAnnouncedLength = (req: IncomingMessage, limit: number): void => {
  if (Number(req.headers['content-length']) > limit) throw tooLarge(limit)
}

const collect = async (req: IncomingMessage, limit: number): Promise<Buffer> => {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of chunksOf(req)) {
    size += chunk.length
    if (size > limit) break
    chunks.push(chunk)
  }
  if (size <= limit) return Buffer.concat(chunks)
  req.resume()
  throw tooLarge(limit)
}

/** What arrives, without ending the connection when no more is wanted: the answer has to go out on it. */
async function* chunksOf(req: IncomingMessage): AsyncGenerator<Buffer> {
  try {
    yield* req.iterator({ destroyOnReturn: false })
  } catch (cause) {
    throw unreadable('ended before it was whole', cause)
  }
}

type Decoder = (bytes: Buffer, options: { maxOutputLength: number }) => Promise<Buffer>

const decoders: Readonly<Record<string, Decoder | null>> = {
  identity: null,
  gzip: promisify(gunzip),
  deflate: promisify(inflate),
}

const decoderOf = (req: IncomingMessage): Decoder | null => {
  const encoding = (req.headers['content-encoding'] ?? 'identity').toLowerCase()
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding] : undefined
  if (decoder !== undefined) return decoder
  throw new BillingError('unsupported_media_type', 'Send the body plain, or compressed with gzip or deflate.')
}

const decompress = async (decode: Decoder, bytes: Buffer, limit: number): Promise<Buffer> => {
  try {
    return await decode(bytes, { maxOutputLength: limit })
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge(limit)
    throw unreadable('is not compressed in the way that Content-Encoding says', cause)
  }
}

const tooLarge = (limit: number) =>
  new BillingError('payload_too_large', `The body is larger than the ${limit / 1000} kB that are read here.`)

/** A body that cannot be made sense of. */
export const unreadable = (message: string, cause?: unknown): BillingError<'invalid_request'> =>
  new BillingError('invalid_request', `The body ${message}.`, { cause, details: { fields: [{ path: '', message }] } })
