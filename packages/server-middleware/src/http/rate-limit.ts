import type { Request, Response } from 'express'
import { rateLimit } from 'express-rate-limit'
import { BillingError } from '../domain/errors.ts'

type Counted = { req: Request; res: Response }

/**
 * Counts a request for `key` and writes the `RateLimit` headers.
 *
 * @throws BillingError `too_many_requests`
 */
export type RequestLimit = (counted: Counted, key: string) => Promise<void>

export type RequestLimitInput = { name: string; windowSeconds: number; limit: number }

/** A limit that counts in this process, by a key that we choose. */
export const createRequestLimit = ({ name, windowSeconds, limit }: RequestLimitInput): RequestLimit => {
  const keys = new WeakMap<object, string>()
  const limiter = rateLimit({
    windowMs: windowSeconds * 1000,
    limit,
    identifier: name,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    validate: false,
    keyGenerator: (req) => keys.get(req) ?? '',
    handler: (_req, res, next) => next(tooManyRequests(Number(res.getHeader('Retry-After')) || windowSeconds)),
  })
  return async function limitRequests({ req, res }, key) {
    keys.set(req, key)
    await new Promise<void>((resolve, reject) => {
      limiter(req, res, (error?: unknown) => (error === undefined ? resolve() : reject(error)))
    })
  }
}

/** A host that limits on its own switches ours off. */
export const unlimited: RequestLimit = async () => {}

const tooManyRequests = (retryAfterSeconds: number) =>
  new BillingError('too_many_requests', `Too many requests: try again in ${retryAfterSeconds} seconds.`, {
    details: { retryAfterSeconds },
  })
